// Plays a page that keeps third-party scripts out of its main thread.
{
  const worker = new Worker('/scripts/partytown-worker.js');
  worker.onmessage = ({ data }) => {
    document.querySelector('#done').textContent = data;
  };
}
