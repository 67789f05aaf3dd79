package io.qilin.ops.logging;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Texts that want to be more than a part of a line. */
public final class HostileLines {
  /** What must never stand raw in a line: controls, line ends, formats, changes of direction. */
  public static final Pattern RAW = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  /** A few of each kind. */
  public static final List<String> FEW = List.of(
      "user\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}",
      "a\u0085b\u2028c\u2029d\u000be\ff\u0000g",
      "\u001b[31mred\u001b[0m\u009b31m\u001b]0;title\u0007\b\b\b\u007f",
      "\u202eflip\u2066x\u2069\u200bzero\ufeff",
      "${jndi:ldap://127.0.0.1:1/a} %s %n {} \\u000a \\\" \" \\ %0d%0a",
      "\"},{\"",
      "涨停 😀 é",
      "\ud800 alone \udfff",
      new String(Character.toChars(0xE0041)) + " tag",
      " ",
      "");

  private HostileLines() {}

  /** The texts of a corpus. */
  public static List<String> corpus(Path cases) {
    StrictJson json = StrictJson.limited(8 << 20, 8);
    return SharedFiles.lines(cases).stream()
        .map(line -> (String)
            json.object(line.getBytes(StandardCharsets.UTF_8), "the case").get("s"))
        .toList();
  }
}
