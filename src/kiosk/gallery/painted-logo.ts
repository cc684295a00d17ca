/** A ring and three bars on nothing, as a PNG of two colours in base64url: a logo that no shop has. */
export const paintedLogo = [
  'iVBORw0KGgoAAAANSUhEUgAAAHgAAAA8AQMAAACXY-zrAAAABlBMVEX____kAHyimpYVAAAAAXRSTlMAQObYZgAAAM',
  'hJREFUeNql08sNwyAMBmDaHnJkhIzCaGG0jNIROPaQ4PoB2K5KDylSZH2KiIz5E8L_6-55g8M5AmTrBPC03gCK2w7u',
  'Aw905V3AGxeqxpFqVq9Ud3WSOrxRLXNzfQ1jOyc1ZLyvxtgetlRNu5Uf9YF71At-O9ABhgv18MN8hsuOOAucSe799v',
  'fXLf3NLefT-cj51TKf2fz6fI1PF4h2PzY-LkCfbvc_VsuHjacLaMvXNH8tn8Mtv-qksWNL_tXyf6jl_zEO3zxZb6a6',
  'd5A9-Bf2AAAAAElFTkSuQmCC',
].join('');
