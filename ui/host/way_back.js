// What was asked for waits in this tab while somebody signs in elsewhere; only a query is kept, so that
// what is opened afterwards is always this page.
{
  const { does, way } = document.querySelector("main").dataset;
  const waiting = "haidong-came-with";
  if (does === "go" || does === "wait") sessionStorage.setItem(waiting, location.search);
  if (does === "go") location.replace(way);
  if (does === "back") {
    const query = sessionStorage.getItem(waiting) || "";
    sessionStorage.removeItem(waiting);
    location.replace(way + (query.startsWith("?") ? query : ""));
  }
}
