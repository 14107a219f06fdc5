/** The findings of the contract; each is a file in src/findings. */
export const codes = {
  first: "SOCKS1020",
  early: "SOCKS1021",
  meanwhile: "SOCKS1022",
  bind: "SOCKS1023",
  order: "SOCKS1024",
  claimed: "SOCKS1025",
  unclaimed: "SOCKS1026",
  peers: "SOCKS1027",
  init: "SOCKS1028",
  localAddress: "SOCKS1006",
} as const;
