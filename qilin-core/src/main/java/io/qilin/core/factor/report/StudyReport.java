package io.qilin.core.factor.report;

import io.qilin.api.error.QilinException;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.Horizon;
import io.qilin.core.factor.MultipleTesting;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.report.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A study as tables for a terminal, as JSON, and as a tear sheet in one HTML file. All three state the outcome that the
 * factors were judged by, the number of trials and the conventions. The same study gives the same bytes. Immutable.
 */
public final class StudyReport {
  private final StudyResult result;
  private final String title;
  private final List<String> notices;
  private final Map<String, String> expressions;
  private final int detailed;

  private StudyReport(Builder builder) {
    result = builder.result;
    title = builder.title;
    notices = List.copyOf(builder.notices);
    expressions = Map.copyOf(builder.expressions);
    detailed = builder.detailed;
  }

  /** Starts a report. */
  public static Builder builder(StudyResult result) {
    return new Builder(result);
  }

  /** Tables with what they mean, each line ended by {@code \n}. */
  public String text() {
    return new StudyText(this).text();
  }

  /** JSON; daily figures for the factors in detail only. */
  public String json() {
    return StudyJson.of(this);
  }

  /** The tear sheet, to be stored as UTF-8. */
  public String html() {
    return StudyPage.of(this);
  }

  StudyResult result() {
    return result;
  }

  String title() {
    return title;
  }

  List<String> notices() {
    return notices;
  }

  /** The factor's expression, or nothing. */
  String expression(String factor) {
    String expression = expressions.getOrDefault(factor, "");
    return expression.equals(factor) ? "" : expression;
  }

  /** The factors in detail, the most significant first. */
  List<FactorStudy> inDetail() {
    return ranked().subList(0, Math.min(detailed, result.factors().size()));
  }

  /** All factors, the most significant first. */
  List<FactorStudy> ranked() {
    return result.ranking().stream().map(result.factors()::get).toList();
  }

  String scope() {
    return result.factors().size() + (result.factors().size() == 1 ? " factor, " : " factors, ")
        + NumberText.count(result.instruments()) + " instruments, "
        + NumberText.count(result.days().size()) + " days from " + result.days().get(0) + " to "
        + result.days().get(result.days().size() - 1);
  }

  /** What the factors were judged by, in one sentence. */
  String outcomes() {
    List<Horizon> horizons = result.settings().horizons();
    boolean usual =
        horizons.stream().allMatch(horizon -> horizon.equals(Horizon.ofDays(horizon.days())));
    return "Outcome, with T the factor's day: "
        + (usual
            ? "bought at the close of T+1, sold at the close of T+1+h: Ref($close,-1-h)/Ref($close,-1)-1, for h = "
                + horizons.stream()
                    .map(horizon -> Integer.toString(horizon.days()))
                    .collect(Collectors.joining(", "))
                + (horizons.equals(List.of(Horizon.ofDays(1))) ? " trading day" : " trading days")
            : horizons.stream().map(Horizon::toString).collect(Collectors.joining("; ")));
  }

  /** For example {@code 158 trials}. */
  String trialCount() {
    int trials = result.testing().trials();
    return NumberText.count(trials) + (trials == 1 ? " trial" : " trials");
  }

  /** How large a t is when nothing is behind it. */
  String trials() {
    MultipleTesting testing = result.testing();
    return trialCount() + ": the best of so many useless factors is expected to reach |t| of about "
        + NumberText.fixed(testing.expectedLargest(), 2) + "; below "
        + NumberText.fixed(testing.threshold(0.05), 2)
        + " the best |t| is no evidence at 5%, counting trials as independent.";
  }

  /** Collects what stands around the figures. Not thread-safe. */
  public static final class Builder {
    private final StudyResult result;
    private final List<String> notices = new ArrayList<>();
    private final Map<String, String> expressions = new HashMap<>();
    private String title = "Factor study";
    private int detailed = 10;

    private Builder(StudyResult result) {
      this.result = Objects.requireNonNull(result, "result");
    }

    /** The heading; {@code Factor study} unless set. */
    public Builder title(String text) {
      title = Objects.requireNonNull(text, "text");
      return this;
    }

    /** Adds a statement that nobody may overlook, for example that the data is synthetic. */
    public Builder notice(String text) {
      notices.add(Objects.requireNonNull(text, "text"));
      return this;
    }

    /** What a factor is computed by; shown where its name is not the expression itself. */
    public Builder expression(String factor, String expression) {
      expressions.put(factor, expression);
      return this;
    }

    /**
     * How many factors, the most significant first, are shown in detail; 10 unless set. The tables hold all.
     *
     * @throws QilinException INVALID_ARGUMENT if negative
     */
    public Builder detailed(int most) {
      if (most < 0) {
        throw QilinException.invalid("a number of factors is 0 or more, was " + most);
      }
      detailed = most;
      return this;
    }

    /** The report. */
    public StudyReport build() {
      return new StudyReport(this);
    }
  }
}
