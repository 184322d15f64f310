// 在页面里查：缺字、对比度、超宽。测试和截图都用。
({
  // 用页面的字体画每个出现过的字，和没有人用的码位画出来的方框比，一样的就是缺字
  missing() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = "28px " + getComputedStyle(document.body).fontFamily;
    const drawn = (text) => {
      pen.clearRect(0, 0, 48, 48);
      pen.fillText(text, 6, 36);
      return pen.getImageData(0, 0, 48, 48).data.join();
    };
    const box = drawn("\u0378");
    if (box === drawn(" ")) return ["查不了缺字：缺的字画出来是空白"];
    const said = new Set([...document.body.textContent].filter((letter) => letter.trim()));
    return [...said].filter((letter) => drawn(letter) === box);
  },
  // 文字和底色的对比度不到 4.5（大字 3）的
  faint() {
    const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
    const light = (colour) => {
      const [r, g, b] = parts(colour).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
      for (let one = node; one; one = one.parentElement) {
        const colour = getComputedStyle(one).backgroundColor;
        const alpha = parts(colour)[3];
        if (alpha === undefined || alpha > 0) return colour;
      }
      return "rgb(255, 255, 255)";
    };
    const bad = [];
    for (const node of document.querySelectorAll("body *")) {
      const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
      if (!own || !node.getClientRects().length || node.closest("title, svg .cell, script, style")) continue;
      const style = getComputedStyle(node);
      if (node.closest("svg") && style.fill === "rgb(255, 255, 255)") continue; // 深色格子里的白字
      const front = light(node.closest("svg") ? style.fill : style.color);
      const back = light(behind(node));
      const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.7 && style.fontWeight >= 600);
      if (ratio < (large ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)} ${node.tagName} ${node.textContent.trim().slice(0, 20)}`);
    }
    return [...new Set(bad)];
  },
  // 伸出页面右边的东西（能左右滚动的框里面的不算）
  wide() {
    const edge = document.documentElement.clientWidth + 1;
    if (document.documentElement.scrollWidth <= edge) return [];
    return [...document.querySelectorAll("body *")]
      .filter((node) => node.getBoundingClientRect().right > edge && !node.closest(".scroll, nav"))
      .map((node) => `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 20)}`).slice(0, 10);
  },
})
