"use strict";

SwaggerUIBundle({
  dom_id: "#page",
  url: document.getElementById("page").dataset.description,
  deepLinking: true,
  docExpansion: "none",
  validatorUrl: null, // asks nobody outside
});
