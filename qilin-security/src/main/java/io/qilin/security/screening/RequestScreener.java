package io.qilin.security.screening;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for known attacks in requests and texts before anything else reads them. Each rule that fires adds to a score; from a
 * threshold on the request is refused. Limits are checked first; texts are decoded before rules see them; all rules run in
 * one pass that is linear in the text.
 *
 * <p>This is a last line and no boundary. It misses attacks that nobody has seen and may refuse an honest text. It takes
 * the place of no bound parameter, no output encoding and no check of rights.
 *
 * <p>Fails closed: if a check of the host throws or answers nonsense, or the screener itself fails, the request is refused.
 * Immutable and safe to share between threads; one instance serves all requests.
 */
public final class RequestScreener {
  /** Level 1, blocking at a score of 5, with {@link ScreeningLimits#DEFAULT} and no exceptions. */
  public static final RequestScreener DEFAULT = builder().build();

  private final RuleBook book;
  private final ScreeningLimits limits;
  private final ScreeningMode mode;
  private final int threshold;
  private final FieldPolicies policies;
  private final List<ScreeningCheck> checks;

  private RequestScreener(Builder builder) {
    this.book = RuleBook.of(builder.paranoia);
    this.limits = builder.limits;
    this.mode = builder.mode;
    this.threshold = builder.threshold;
    this.policies =
        new FieldPolicies(builder.kinds, builder.allowedRules, builder.allowedCategories);
    this.checks = List.copyOf(builder.checks);
  }

  /** Begins with the settings of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** All rules over texts, in the order of their ids by family; limits and checks of envelopes are not among them. */
  public static List<RuleInfo> rules() {
    return RuleBook.ALL.stream().map(Rule::info).toList();
  }

  /**
   * Screens a whole request. Does not throw for anything that a request may hold.
   *
   * @param request the request as it came in
   * @return the verdict; act on {@link Verdict#refused()} or {@link Verdict#requirePass()}
   */
  public Verdict screen(ScreenedRequest request) {
    Objects.requireNonNull(request, "request");
    Collector into = new Collector(policies);
    try {
      new RequestReader(limits, new TextScreen(book, policies, checks, into), into).read(request);
    } catch (RuntimeException | StackOverflowError e) {
      into.failure("SCREENER", RequestPart.BODY, "");
    }
    return into.verdict(mode, threshold);
  }

  /**
   * Screens one text, for hosts without requests. A text that is whole JSON or XML is taken apart.
   *
   * @param field the name of the field, which decides its kind and exceptions; the name itself is not screened
   * @param text the text, decoded as the host would use it
   * @return the verdict; act on {@link Verdict#refused()} or {@link Verdict#requirePass()}
   */
  public Verdict screenText(String field, String text) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(text, "text");
    Collector into = new Collector(policies);
    try {
      new RequestReader(limits, new TextScreen(book, policies, checks, into), into)
          .text(RequestPart.TEXT, field, text);
    } catch (RuntimeException | StackOverflowError e) {
      into.failure("SCREENER", RequestPart.TEXT, field);
    }
    return into.verdict(mode, threshold);
  }

  /** Settings of a screener. Not thread-safe. */
  public static final class Builder {
    private ScreeningLimits limits = ScreeningLimits.DEFAULT;
    private ScreeningMode mode = ScreeningMode.BLOCK;
    private int paranoia = 1;
    private int threshold = Rule.CRITICAL;
    private final Map<String, FieldKind> kinds = new HashMap<>();
    private final Map<String, Set<String>> allowedRules = new HashMap<>();
    private final Map<String, Set<AttackCategory>> allowedCategories = new HashMap<>();
    private final List<ScreeningCheck> checks = new ArrayList<>();

    private Builder() {}

    /** How much is read; {@link ScreeningLimits#DEFAULT} unless set. */
    public Builder limits(ScreeningLimits value) {
      limits = Objects.requireNonNull(value, "limits");
      return this;
    }

    /** Whether an attack is refused or only told; {@link ScreeningMode#BLOCK} unless set. */
    public Builder mode(ScreeningMode value) {
      mode = Objects.requireNonNull(value, "mode");
      return this;
    }

    /**
     * From 1, few honest requests refused, to 4, nearly any sign refused; 1 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if it is not 1 to 4
     */
    public Builder paranoia(int level) {
      if (level < 1 || level > 4) {
        throw QilinException.invalid("paranoia must be 1 to 4, was " + level);
      }
      paranoia = level;
      return this;
    }

    /**
     * The score from which a request is refused; 5 unless set, which one critical rule or two warnings reach.
     *
     * @throws QilinException INVALID_ARGUMENT if it is not 1 to 1000
     */
    public Builder threshold(int score) {
      if (score < 1 || score > 1000) {
        throw QilinException.invalid("threshold must be 1 to 1000, was " + score);
      }
      threshold = score;
      return this;
    }

    /** What a field of that name holds; {@link FieldKind#TEXT} unless set. */
    public Builder field(String name, FieldKind kind) {
      kinds.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(kind, "kind"));
      return this;
    }

    /**
     * Lets a rule not count in a field.
     *
     * @throws QilinException INVALID_ARGUMENT if no rule has that id
     */
    public Builder allow(String field, String rule) {
      Set<String> known = new TreeSet<>();
      rules().forEach(each -> known.add(each.id()));
      if (!known.contains(rule)) {
        throw QilinException.invalid(
            "no rule has the id " + QilinException.quote(rule) + "; there are " + known);
      }
      allowedRules.computeIfAbsent(field, key -> new HashSet<>()).add(rule);
      return this;
    }

    /** Lets rules of a category not count in a field. Limits and failures cannot be allowed. */
    public Builder allow(String field, AttackCategory category) {
      allowedCategories
          .computeIfAbsent(field, key -> new HashSet<>())
          .add(Objects.requireNonNull(category, "category"));
      return this;
    }

    /** Adds a check of the host. */
    public Builder check(ScreeningCheck check) {
      checks.add(Objects.requireNonNull(check, "check"));
      return this;
    }

    /** The screener. */
    public RequestScreener build() {
      return new RequestScreener(this);
    }
  }
}
