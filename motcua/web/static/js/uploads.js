// Sends a chosen file in parts that go on after a broken line (tus 1.0), photographs scaled down first.
// Without it the form sends the file whole: nothing here is needed.
"use strict";
(function () {
  var PART = 262144, LONGEST = 3000, TRIES = 8;

  function smaller(file) {
    if (file.type !== "image/jpeg" || !window.createImageBitmap || !HTMLCanvasElement.prototype.toBlob) return Promise.resolve(file);
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var scale = LONGEST / Math.max(picture.width, picture.height);
      if (scale >= 1) return file;
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) { done(blob && blob.size < file.size ? blob : file); }, "image/jpeg", 0.85);
      });
    }).catch(function () { return file; });
  }

  function wait(tries) { return new Promise(function (done) { setTimeout(done, Math.min(20000, 500 * Math.pow(2, tries))); }); }

  function Fault(text) { this.text = text; }

  function send(form, file, name, say) {
    var token = form.querySelector("[name=csrfmiddlewaretoken]").value, base = form.dataset.uploads;
    function call(method, url, headers, body) {
      headers["X-CSRFToken"] = token;
      headers["Tus-Resumable"] = "1.0.0";
      return fetch(url, { method: method, headers: headers, body: body, credentials: "same-origin" });
    }
    function refused(answer) { return answer.text().then(function (text) { throw new Fault(text.slice(0, 300)); }); }
    var encoded = btoa(String.fromCharCode.apply(null, new TextEncoder().encode(name.slice(0, 150))));
    function begin(tries) {
      return call("POST", base, { "Upload-Length": String(file.size), "Upload-Metadata": "filename " + encoded })
        .then(function (answer) {
          if (answer.status === 201) return answer.headers.get("Location");
          if (answer.status < 500) return refused(answer);
          throw new Error();
        })
        .catch(function (error) {
          if (error instanceof Fault || tries >= TRIES) throw error;
          say(form.dataset.waiting);
          return wait(tries).then(function () { return begin(tries + 1); });
        });
    }
    function go(url, offset, tries, ask) {
      var step = ask ? call("HEAD", url, {}) : call("PATCH", url, {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset)
      }, file.slice(offset, offset + PART));
      return step.then(function (answer) {
        if (answer.status === 409) return go(url, offset, tries, true);
        if (answer.status >= 400 && answer.status < 500) return refused(answer);
        if (answer.status >= 500) throw new Error();
        var paper = answer.headers.get("Motcua-Paper"), at = Number(answer.headers.get("Upload-Offset"));
        if (paper) return paper;
        say(form.dataset.sending.replace("%", Math.floor(100 * at / file.size) + " %"));
        return go(url, at, 0, false);
      }).catch(function (error) {
        if (error instanceof Fault || tries >= TRIES) throw error;
        say(form.dataset.waiting);
        return wait(tries).then(function () { return go(url, offset, tries + 1, true); });
      });
    }
    return begin(0).then(function (url) { return go(url, 0, 0, false); });
  }

  document.querySelectorAll("form[data-uploads]").forEach(function (form) {
    var input = form.querySelector("input[type=file]"), state = form.querySelector("[role=status]");
    if (!input || !window.fetch || !window.TextEncoder) return;
    form.addEventListener("submit", function (event) {
      var file = input.files[0], button = form.querySelector("button");
      if (!file || form.dataset.busy) { if (form.dataset.busy) event.preventDefault(); return; }
      event.preventDefault();
      form.dataset.busy = "1";
      function say(text) { state.textContent = text; }
      say(form.dataset.sending.replace("%", "0 %"));
      smaller(file).then(function (content) { return send(form, content, file.name, say); }).then(function (paper) {
        var field = document.createElement("input");
        field.type = "hidden"; field.name = "paper"; field.value = paper;
        form.appendChild(field);
        input.disabled = true;
        form.submit();
      }).catch(function (error) {
        delete form.dataset.busy;
        say(error instanceof Fault && error.text ? error.text : form.dataset.failed);
        button.focus();
      });
    });
  });

  // who goes on with a chosen file meant to send it
  var next = document.querySelector("a[data-next]");
  if (next) next.addEventListener("click", function (event) {
    var chosen = Array.prototype.find.call(document.querySelectorAll("form[data-uploads]"), function (form) {
      var input = form.querySelector("input[type=file]");
      return input && input.files.length;
    });
    if (!chosen || !chosen.requestSubmit) return;
    event.preventDefault();
    chosen.requestSubmit();
    chosen.scrollIntoView({ block: "nearest" });
  });
})();
