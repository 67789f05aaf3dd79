package io.qilin.security.pii;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.internal.StrictJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link PiiPolicy} to texts, to nested maps and lists, and to JSON.
 *
 * <p>Encrypted is always the original (never its mask). A protector that throws, or answers null, nothing or the original,
 * refuses the whole call; nothing is passed on unprotected. Immutable and safe to share between threads.
 *
 * <p>{@code PiiRedactor.masking().text("call 13812345678")} is {@code "call 138****5678"}.
 */
public final class PiiRedactor {
  private static final int MOST_BYTES = 8 << 20;
  private static final int DEEPEST = 64;
  private static final StrictJson JSON = StrictJson.limited(MOST_BYTES, DEEPEST);

  /** Of a number that is written out, zeros of the exponent among them. */
  private static final int MOST_DIGITS = 256;

  private final PiiPolicy policy;
  private final PiiDetector detector;
  private final Map<PiiAction, FieldProtector> protectors;

  private PiiRedactor(Builder builder) {
    this.policy = builder.policy;
    this.detector = builder.detector;
    this.protectors = new EnumMap<>(builder.protectors);
    for (PiiAction action : policy.actions()) {
      boolean needs =
          action == PiiAction.ENCRYPT || action == PiiAction.TOKENIZE || action == PiiAction.HASH;
      if (needs && !protectors.containsKey(action)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the policy asks for " + action
                + ", but there is no protector for it; give one with protector(" + action + ", …)");
      }
    }
  }

  /** Masks what the standard detector finds. */
  public static PiiRedactor masking() {
    return builder(PiiPolicy.masking()).build();
  }

  /** A redactor to be set. */
  public static Builder builder(PiiPolicy policy) {
    return new Builder(policy);
  }

  /**
   * A text in which the policy was applied to every finding.
   *
   * @throws QilinException SECURITY_UNAVAILABLE if a protector fails
   */
  public String text(String text) {
    List<PiiFinding> findings = detector.find(text);
    if (findings.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    append(out, text, 0, text.length(), findings, "");
    return out.toString();
  }

  /**
   * A copy of nested maps, lists, texts, numbers, truth values and null in which the policy was applied to every value and to
   * every name. Numbers in which something is found become texts. Names that become the same are told apart by {@code #2}.
   *
   * @throws QilinException INVALID_ARGUMENT for a value of another class or a name that is no text, LIMIT_EXCEEDED beyond 64
   *     levels, SECURITY_UNAVAILABLE if a protector fails
   */
  public @Nullable Object value(@Nullable Object value) {
    return value("", "", value, 0);
  }

  /**
   * A JSON document in which the policy was applied as {@link #value} does; without white space.
   *
   * @param json UTF-8, at most 8 MiB and 64 levels
   * @throws QilinException INPUT_REJECTED if it is not strict JSON, SECURITY_UNAVAILABLE if a protector fails
   */
  public String json(byte[] json) {
    return JsonText.write(value(JSON.parse(json, "the document to redact")));
  }

  PiiDetector detector() {
    return detector;
  }

  /** Appends a part of a text with the findings that lie in it replaced. */
  void append(
      StringBuilder out, String text, int from, int to, List<PiiFinding> findings, String field) {
    int at = from;
    for (PiiFinding finding : findings) {
      if (finding.start() >= at && finding.end() <= to) {
        out.append(text, at, finding.start());
        String original = text.substring(finding.start(), finding.end());
        out.append(replaced(policy.action(finding.type()), finding.type(), field, original));
        at = finding.end();
      }
    }
    out.append(text, at, to);
  }

  private String replaced(PiiAction action, PiiType type, String field, String original) {
    return switch (action) {
      case MASK -> PiiMasks.mask(original, type);
      case DROP -> "";
      case KEEP -> original;
      case ENCRYPT, TOKENIZE, HASH -> guarded(action, field, original);
    };
  }

  private String guarded(PiiAction action, String field, String original) {
    FieldProtector protector = protectors.get(action);
    @Nullable String answer;
    try {
      answer = protector == null ? null : protector.protect(field, original);
    } catch (RuntimeException e) {
      // Its message and its causes may hold the original, so they are not passed on.
      throw failed(action, "it threw " + e.getClass().getSimpleName());
    }
    if (answer == null || answer.isEmpty() || answer.equals(original)) {
      throw failed(action, "it answered nothing, or the original");
    }
    return answer;
  }

  private static QilinException failed(PiiAction action, String why) {
    return new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE,
        "the protector for " + action + " failed: " + why + "; nothing was passed on");
  }

  private @Nullable Object value(String pointer, String name, @Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a value to redact has at most " + DEEPEST + " levels; is it part of itself?");
    }
    PiiAction whole = policy.fieldAction(pointer).orElse(null);
    if (whole != null && value != null) {
      return whole(whole, pointer, value);
    }
    if (value instanceof Map<?, ?> map) {
      return map(pointer, map, depth);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        String place = pointer + "/" + i;
        if (!dropped(place)) {
          items.add(value(place, name, list.get(i), depth + 1));
        }
      }
      return Collections.unmodifiableList(items);
    }
    if (value instanceof CharSequence text) {
      return inField(pointer, name, text.toString());
    }
    if (value instanceof Number number) {
      String text = plain(number);
      String redacted = inField(pointer, name, text);
      return redacted.equals(text) ? number : redacted;
    }
    if (value == null || value instanceof Boolean) {
      return value;
    }
    throw QilinException.invalid(
        "a value to redact is made of maps, lists, texts, numbers, truth values and null, not of "
            + value.getClass().getName());
  }

  /** The digits of a number, unless its exponent would make that a long row of zeros, in which nothing personal lies. */
  private static String plain(Number number) {
    boolean few = number instanceof BigDecimal decimal
        && decimal.precision() + Math.abs((long) decimal.scale()) <= MOST_DIGITS;
    return few ? ((BigDecimal) number).toPlainString() : number.toString();
  }

  private boolean dropped(String pointer) {
    return policy
        .fieldAction(pointer)
        .filter(action -> action == PiiAction.DROP)
        .isPresent();
  }

  private Map<String, @Nullable Object> map(String pointer, Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw QilinException.invalid("a name in a value to redact is a text");
      }
      String place = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      if (!dropped(place)) {
        Object value = value(place, name, member.getValue(), depth + 1);
        members.put(free(members, text(name)), value);
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private static String free(Map<String, @Nullable Object> members, String name) {
    String free = name;
    for (int i = 2; members.containsKey(free); i++) {
      free = name + "#" + i;
    }
    return free;
  }

  /** The value of a field that a rule names. */
  private Object whole(PiiAction action, String pointer, Object value) {
    if (action == PiiAction.KEEP) {
      return value;
    }
    String original = value instanceof Map<?, ?> || value instanceof List<?>
        ? JsonText.write(value)
        : value.toString();
    if (original.isEmpty()) {
      return original;
    }
    if (action != PiiAction.MASK) {
      return replaced(action, PiiType.NAME, pointer, original);
    }
    List<PiiFinding> findings = detector.find(original);
    boolean one = findings.size() == 1
        && findings.get(0).start() == 0
        && findings.get(0).end() == original.length();
    return one ? PiiMasks.mask(original, findings.get(0).type()) : PiiMasks.whole(original);
  }

  /** A text or number as the value of a field, whose name tells as words before it do. */
  private String inField(String pointer, String name, String text) {
    String before = name.isEmpty() ? "" : name + ": ";
    String all = before + text;
    List<PiiFinding> findings = detector.find(all);
    if (findings.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    append(out, all, before.length(), all.length(), findings, pointer);
    return out.toString();
  }

  /** Sets a redactor. */
  public static final class Builder {
    private final PiiPolicy policy;
    private PiiDetector detector = PiiDetector.standard();
    private final Map<PiiAction, FieldProtector> protectors = new EnumMap<>(PiiAction.class);

    private Builder(PiiPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** What finds personal data; {@link PiiDetector#standard()} unless set. */
    public Builder detector(PiiDetector used) {
      detector = Objects.requireNonNull(used, "used");
      return this;
    }

    /**
     * Who does ENCRYPT, TOKENIZE or HASH; none unless set.
     *
     * @throws QilinException INVALID_ARGUMENT for another action
     */
    public Builder protector(PiiAction action, FieldProtector protector) {
      if (action != PiiAction.ENCRYPT && action != PiiAction.TOKENIZE && action != PiiAction.HASH) {
        throw QilinException.invalid(
            "only ENCRYPT, TOKENIZE and HASH have a protector, " + action + " needs none");
      }
      protectors.put(action, Objects.requireNonNull(protector, "protector"));
      return this;
    }

    /**
     * The redactor.
     *
     * @throws QilinException INVALID_CONFIGURATION if the policy asks for an action that has no protector
     */
    public PiiRedactor build() {
      return new PiiRedactor(this);
    }
  }
}
