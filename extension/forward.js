/** In a frame without rights inside a page of ours: takes the whole tab to where it leads, or says that it cannot. */

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || !window.top) return;
  try {
    window.top.location.replace(event.data);
  } catch {
    window.parent.postMessage('refused', '*');
  }
});
