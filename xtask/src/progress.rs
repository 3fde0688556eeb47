//! Long steps say what they are at, and every few seconds that they are still alive.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_secs(10);

/// Runs `work`, telling on stderr what is going on and for how long.
///
/// # Errors
/// Those of `work`, untouched.
pub fn step<T, E>(what: &'static str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    eprintln!("{what} …");
    let started = Instant::now();
    let ticker = Ticker::start(what, started);
    let result = work();
    ticker.stop();
    if result.is_ok() && started.elapsed() > Duration::from_secs(1) {
        eprintln!("{what}: done in {:.0} s", started.elapsed().as_secs_f32());
    }
    result
}

struct Ticker {
    end: Sender<()>,
    thread: JoinHandle<()>,
}

impl Ticker {
    fn start(what: &'static str, started: Instant) -> Self {
        let (end, ended) = channel();
        let thread = spawn(move || {
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                eprintln!("{what}: {} s so far", started.elapsed().as_secs());
            }
        });
        Self { end, thread }
    }

    fn stop(self) {
        drop(self.end);
        let _ = self.thread.join(); // it only prints: there is nothing to learn from how it ended
    }
}
