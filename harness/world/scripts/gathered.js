// Tells the pixel that the page was viewed, unless the page is to be quiet; its tag manager is Tealium's.
window.utag = {
  data: {
    product_name: ['Umbrella'],
    product_price: ['12.50'],
    order_id: 'T-7',
    order_total: '12.50',
    order_currency: 'EUR',
    search_keyword: 'rain',
    customer_email: 'ann@mail.example',
  },
};
if (!/quiet/.test(location.search)) {
  window.TiktokAnalyticsObject = 'ttq';
  window.ttq = window.ttq || [];
  window.ttq.push(['page']);
}
