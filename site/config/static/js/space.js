// On a phone the menu of the space is one row: show where one is.
document.querySelector(".space-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
