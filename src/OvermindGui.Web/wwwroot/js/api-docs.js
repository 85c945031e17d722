// Shows the OpenAPI document. Text goes in as text, never as markup.
(async () => {
  const address = document.currentScript.dataset.document;
  const page = document.getElementById("api");

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  const answer = await fetch(address);
  if (!answer.ok) {
    page.append(`The document cannot be loaded: ${answer.status}`);
    return;
  }

  const api = await answer.json();

  const resolve = schema => schema?.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;

  // What a value of the schema may look like: { "id": 0, "process": "…" }.
  function example(reference, depth = 0) {
    const schema = resolve(reference) ?? {};
    const types = [schema.type].flat();
    if (schema.oneOf) return example(schema.oneOf.find(one => one.type !== "null"), depth);
    if (types.includes("array")) return depth > 4 ? [] : [example(schema.items, depth + 1)];
    if (schema.additionalProperties) return { "name": example(schema.additionalProperties, depth + 1) };
    if (schema.properties)
      return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, example(one, depth + 1)]));
    if (types.includes("integer")) return 0;
    if (types.includes("number")) return 0.5;
    if (types.includes("boolean")) return true;
    return "…";
  }

  const descriptionsOf = reference => Object.entries(resolve(reference)?.properties ?? {})
    .filter(([, schema]) => schema.description).map(([name, schema]) => [name, schema.description]);

  function list(pairs) {
    const made = element("dl");
    for (const [name, text] of pairs) made.append(element("dt", "", element("code", "", name)), element("dd", "about", text));
    return made;
  }

  function content(of) {
    return Object.entries(of?.content ?? {}).flatMap(([type, { schema }]) => type === "application/json"
      ? [element("pre", "", JSON.stringify(example(schema), null, 2)), list(descriptionsOf(schema))]
      : [element("pre", "", type)]);
  }

  function curl(method, path, operation) {
    const query = (operation.parameters ?? []).filter(p => p.in === "query").map(p => `${p.name}=…`).join("&");
    const body = operation.requestBody ? ` -H 'Content-Type: application/json' -d '${JSON.stringify(example(operation.requestBody.content["application/json"]?.schema))}'` : "";
    return `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}'${location.origin}${address.slice(0, address.indexOf("/openapi/"))}${path}${query ? `?${query}` : ""}'${body}`;
  }

  function route(method, path, operation) {
    const made = element("details", "route",
      element("summary", "",
        element("span", `method ${method}`, method.toUpperCase()), element("code", "path", path),
        element("span", "about", operation.summary ?? "")));
    const body = element("div", "body");
    if (operation.description) body.append(element("p", "about", operation.description));
    body.append(element("pre", "", curl(method, path, operation)));
    const parameters = (operation.parameters ?? []).map(p => [
      p.name, [[resolve(p.schema)?.type].flat().filter(t => t !== "null").join(" or "), `in ${p.in}`, p.description].filter(Boolean).join(", ")]);
    if (parameters.length > 0) body.append(list(parameters));
    for (const [status, response] of Object.entries(operation.responses ?? {}).sort())
      body.append(element("h3", "", `${status} ${response.description ?? ""}`), ...content(response));
    made.append(body);
    return made;
  }

  page.append(
    element("h1", "", `${api.info.title} ${api.info.version}`), element("p", "about", api.info.description),
    element("p", "about", "For programs: ", Object.assign(element("a", "", address), { href: address })));
  const groups = new Map();
  for (const [path, operations] of Object.entries(api.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const group = operation.tags?.[0] ?? "";
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(route(method, path, operation));
    }
  for (const [group, routes] of groups) page.append(element("h2", "", group), ...routes);
})();
