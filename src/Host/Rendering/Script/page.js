// The page becomes interactive.
document.body.append(tip);
addEventListener("scroll", hideTip, { passive: true });
const showTheme = addThemeSwitch();
addCharts(document);
document.querySelectorAll("table").forEach(explore);
showTheme();
// Texts are measured anew once their font is there.
document.fonts.ready.then(() => redraws.forEach(redraw => redraw()));
