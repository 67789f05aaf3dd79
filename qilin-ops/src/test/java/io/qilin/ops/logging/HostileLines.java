package io.qilin.ops.logging;

import io.qilin.ops.Corpora;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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

  /** Every n-th text of a corpus; {@code qilin.corpus.step} sets another step, 1 for all. */
  public static List<String> corpus(Path cases, int step) {
    List<String> all = Corpora.texts(cases);
    int every = Integer.getInteger("qilin.corpus.step", step);
    return IntStream.range(0, all.size())
        .filter(i -> i % every == 0)
        .mapToObj(all::get)
        .toList();
  }
}
