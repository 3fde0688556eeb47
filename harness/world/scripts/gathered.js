// Tells the pixel that the page was viewed, unless the page is to be quiet.
if (!/quiet/.test(location.search)) {
  window.TiktokAnalyticsObject = 'ttq';
  window.ttq = window.ttq || [];
  window.ttq.push(['page']);
}
