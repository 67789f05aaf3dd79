package io.qilin.core.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style sheet of {@link HtmlReport}, and the hash by which the page's policy admits it and no other. */
final class PageStyle {
  static final String CSS = """

      :root{--paper:#fff;--ink:#1d2127;--soft:#5b6470;--line:#e3e5e8;--zero:#9aa1ab;--tint:#f6f7f8;--accent:#2b62a8;
      --warn:#8a4b14;--warn-tint:#fdf5ec;
      --c0:#2b62a8;--c1:#c2572b;--c2:#3c8d6e;--c3:#8a5aa6;--c4:#b08a1e;--c5:#6c7683}
      @media (prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e4e6e9;--soft:#9aa3ae;--line:#2b3037;--zero:#59616c;
      --tint:#1c2025;--accent:#7fb0ea;--warn:#e3b27a;--warn-tint:#2a2219;
      --c0:#7fb0ea;--c1:#e58a5f;--c2:#6fc3a1;--c3:#bd92d6;--c4:#dcb851;--c5:#9aa3ae}}
      *{box-sizing:border-box}
      html{font-size:16px;-webkit-text-size-adjust:100%}
      body{margin:0;background:var(--paper);color:var(--ink);
      font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","PingFang SC","Microsoft YaHei",
      "Noto Sans CJK SC","Noto Sans SC",sans-serif}
      main{max-width:52rem;margin:0 auto;padding:3.5rem 1.5rem 5rem}
      main.wide{max-width:72rem}.wide figure{max-width:56rem}
      h1{font-size:1.75rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0 0 .35rem}
      h2{font-size:1.125rem;line-height:1.35;font-weight:650;margin:0 0 .9rem}
      h3{font-size:.9375rem;line-height:1.4;font-weight:650;margin:2rem 0 .5rem}
      p{margin:0 0 .9rem;max-width:44rem}
      ul{margin:0 0 .9rem;padding-left:1.15rem;max-width:44rem}
      li{margin:.15rem 0}
      .sub{color:var(--soft);margin:0 0 .35rem}
      .notice{margin:1.1rem 0 0;padding:.6rem .9rem;background:var(--warn-tint);color:var(--warn);
      border-left:3px solid currentColor;font-size:.9375rem}
      .remark{color:var(--soft);font-size:.8125rem;line-height:1.5}
      section{margin-top:2.75rem;padding-top:1.6rem;border-top:1px solid var(--line)}
      .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1.1rem 2rem;margin:0 0 1.4rem}
      .figures div{min-width:0}
      dt{font-size:.8125rem;color:var(--soft);margin:0}
      dd{margin:.1rem 0 0;font-size:1.375rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums;
      letter-spacing:-.01em;overflow-wrap:anywhere}
      dd>span{display:block;font-size:.8125rem;line-height:1.45;font-weight:400;letter-spacing:0;color:var(--soft)}
      .scroll{overflow-x:auto;margin:0 0 1rem}
      table{border-collapse:collapse;min-width:min(100%,34rem);font-size:.875rem;line-height:1.4}
      th,td{text-align:left;vertical-align:top;padding:.4rem 1.1rem .4rem 0;border-bottom:1px solid var(--line)}
      th:last-child,td:last-child{padding-right:0}
      th{font-weight:500;font-size:.8125rem;color:var(--soft);white-space:nowrap;border-bottom-color:var(--zero)}
      .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
      .d{white-space:nowrap}
      tbody tr:hover{background:var(--tint)}
      figure{margin:1.4rem 0 1.2rem}
      figcaption{font-size:.875rem;font-weight:600;margin:0 0 .5rem}
      .chart{display:block;width:100%;height:auto;font-family:inherit}
      .chart .tick{fill:var(--soft)}
      .chart .cell{fill:var(--ink);font-size:11px}
      .chart .grid{stroke:var(--line)}
      .chart .zero{stroke:var(--zero)}
      .chart .s0{fill:var(--c0)}.chart .s1{fill:var(--c1)}.chart .s2{fill:var(--c2)}
      .chart .s3{fill:var(--c3)}.chart .s4{fill:var(--c4)}.chart .s5{fill:var(--c5)}
      .chart .line{fill:none}
      .chart .line.s0{stroke:var(--c0)}.chart .line.s1{stroke:var(--c1)}.chart .line.s2{stroke:var(--c2)}
      .chart .line.s3{stroke:var(--c3)}.chart .line.s4{stroke:var(--c4)}.chart .line.s5{stroke:var(--c5)}
      @media (max-width:40rem){main{padding:2rem 1rem 3rem}section{margin-top:2rem}}
      @media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#ccc;--zero:#888;--tint:#fff;--warn:#5a3208;
      --warn-tint:#fff;--c0:#2b62a8;--c1:#c2572b;--c2:#3c8d6e;--c3:#8a5aa6;--c4:#b08a1e;--c5:#6c7683}
      html{font-size:11pt}main,main.wide{max-width:none;padding:0}.scroll{overflow:visible}
      h2,h3,figcaption{break-after:avoid}figure,tr,.figures,.notice{break-inside:avoid}thead{display:table-header-group}}
      """;

  static final String CSP_HASH = "sha256-" + sha256(CSS);

  private PageStyle() {}

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
