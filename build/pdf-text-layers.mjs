// On which layer (optional content, ISO 32000-1, 8.11) the words of a page stand. pdf.js tells it of what it draws and not of what it
// reads; here marked content that is asked for says its layer as well, and so does a form that stands on one. It changes the worker's
// source, and fails where it does not find the places.
import { replaced } from './replaced.mjs';

/** The worker's source; items of marked content of layers get `layer`, which `OptionalContentConfig.isVisible` understands. */
export function withLayersOfText(source) {
  const marked = replaced(
    source,
    `          case OPS.beginMarkedContentProps:
            flushTextContentItem();
            if (includeMarkedContent) {`,
    `          case OPS.beginMarkedContentProps:
            flushTextContentItem();
            if (includeMarkedContent && args[0] instanceof Name && args[0].name === "OC") {
              markedContentData.level++;
              const onLayer = layer => textContent.items.push({ type: "beginMarkedContentProps", id: null, tag: "OC", layer });
              next(self.parseMarkedContentProps(args[1], resources).then(onLayer, () => onLayer(null)));
              return;
            }
            if (includeMarkedContent) {`,
  );
  const formBegins = replaced(
    marked,
    `              const localResources = dict.get("Resources");
              enqueueChunk();
              const sinkWrapper = {`,
    `              const localResources = dict.get("Resources");
              const layerOfForm = includeMarkedContent ? dict.get("OC") : undefined;
              const isOnLayer = layerOfForm instanceof Dict;
              const onLayer = layer => textContent.items.push({ type: "beginMarkedContentProps", id: null, tag: "OC", layer });
              const sinkWrapper = {`,
  );
  const formRead = replaced(
    formBegins,
    `              self.getTextContent({
                stream: xobj,
                task,
                resources: localResources instanceof Dict ? localResources : resources,`,
    `              const layerRead = isOnLayer ? self.parseMarkedContentProps(layerOfForm, resources).then(onLayer, () => onLayer(null)) : Promise.resolve();
              layerRead.then(() => enqueueChunk()).then(() => self.getTextContent({
                stream: xobj,
                task,
                resources: localResources instanceof Dict ? localResources : resources,`,
  );
  return replaced(
    formRead,
    `                prevRefs: seenRefs
              }).then(function () {
                if (!sinkWrapper.enqueueInvoked) {`,
    `                prevRefs: seenRefs
              })).then(function () {
                if (isOnLayer) textContent.items.push({ type: "endMarkedContent" });
                if (!sinkWrapper.enqueueInvoked) {`,
  );
}
