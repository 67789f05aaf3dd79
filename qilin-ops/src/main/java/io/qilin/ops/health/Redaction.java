package io.qilin.ops.health;

import io.qilin.ops.internal.VisibleText;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes what looks like a secret out of texts that are shown: values whose name says so, credentials in URLs, {@code password=…} and
 * the like, bearer tokens, JSON Web Tokens, private keys. It hides rather too much. What a secret looks like nobody can know for sure:
 * it is the second line behind parts that do not tell secrets.
 *
 * <p>Texts are cut first, and each pattern looks at a bounded number of characters from each place, so the time is bounded.
 */
final class Redaction {
  static final String HIDDEN = "***";
  static final int LONGEST = 4_096;

  private static final String WORDS =
      "(?:passw(?:or)?d|pwd|passphrase|secret|token|credential|api[-_. ]?key|access[-_. ]?key"
          + "|private[-_. ]?key|signing[-_. ]?key|encryption[-_. ]?key|authorization|cookie|session[-_. ]?id|密码|口令|密钥)";

  private static final Pattern NAME = Pattern.compile(WORDS, Pattern.CASE_INSENSITIVE);
  private static final Pattern URL =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{0,31}:/{1,2})[^\\s\"'<>]{1,512}@");
  private static final Pattern SCHEME = Pattern.compile(
      "\\b(bearer|basic|digest)\\s{1,3}[A-Za-z0-9._~+/=:-]{4,4096}", Pattern.CASE_INSENSITIVE);
  private static final Pattern PAIR = Pattern.compile(
      "(" + WORDS + "[A-Za-z0-9_.-]{0,40}[\"']?\\s{0,3}[=:]\\s{0,3})"
          + "(?:\"[^\"]{0,4096}\"?|'[^']{0,4096}'?|[^\\s,;&\"'}\\])]{1,4096})",
      Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN = Pattern.compile(
      "\\beyJ[A-Za-z0-9_-]{8,4096}(?:\\.[A-Za-z0-9_-]{0,4096}){1,4}|\\bsk-[A-Za-z0-9_-]{8,4096}");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY.*", Pattern.DOTALL);

  /** Where a text was cut, a credential may have lost the {@code @} that {@link #URL} knows it by. */
  private static final Pattern CUT_URL =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{0,31}:/{1,2})[^\\s\"'<>]{1,512}$");

  private Redaction() {}

  /** Whether a value of this name is to be hidden. */
  static boolean secretName(String name) {
    return NAME.matcher(name).find();
  }

  /** The text without secrets, on one line, at most 4,096 characters. */
  static String clean(String text) {
    String shown = text.length() <= LONGEST ? text : cut(text);
    shown = PEM.matcher(shown).replaceAll(HIDDEN);
    shown = URL.matcher(shown).replaceAll("$1" + HIDDEN + "@");
    shown = SCHEME.matcher(shown).replaceAll("$1 " + HIDDEN);
    shown = TOKEN.matcher(shown).replaceAll(HIDDEN);
    shown = PAIR.matcher(shown).replaceAll("$1" + HIDDEN);
    return VisibleText.of(shown);
  }

  private static String cut(String text) {
    return CUT_URL.matcher(text.substring(0, LONGEST)).replaceFirst("$1" + HIDDEN) + "…";
  }

  /** What a check found, without secrets. */
  static HealthResult clean(HealthResult result) {
    Map<String, String> facts = new TreeMap<>();
    result
        .facts()
        .forEach((name, value) -> facts.put(clean(name), secretName(name) ? HIDDEN : clean(value)));
    return new HealthResult(result.status(), clean(result.reason()), facts);
  }
}
