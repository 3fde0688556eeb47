/** In a frame without rights inside unwrap.html: takes the whole tab to where a link leads. */

window.addEventListener('message', (event) => {
  if (event.source === window.parent && window.top) window.top.location.replace(event.data);
});
