package io.qilin.agents.desk;

import io.qilin.agents.analyst.Labels;
import io.qilin.agents.analyst.Language;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reasons of a recommendation in a language. What analysts think is told anew from the record's
 * opinions; the other lines are known by their form. A line that is not known, such as what a model
 * said, stays as it is. Stateless.
 */
final class SpokenReasons {
  /** A form of line, and how it reads in Chinese. */
  private record Form(Pattern english, String chinese) {
    Form(String english, String chinese) {
      this(Pattern.compile(english), chinese);
    }
  }

  private static final Pattern AGAINST = Pattern.compile("against it: ([^/=]+)/([^=]+)=(.*)");
  private static final Pattern FRACTION =
      Pattern.compile("(-?[0-9]{1,20}(?:\\.[0-9]{1,20})?) fraction");
  private static final List<Form> FORMS = List.of(
      new Form("the analysts disagree by ([0-9.]+), which shrinks the score", "分析师意见分歧 $1, 评分因此下调"),
      new Form(
          "buy ([0-9]+) shares on ([0-9-]+) at no more than ([0-9.]+) yuan; with fees at most ([0-9.]+) yuan",
          "$2 以不高于 $3 元买入 $1 股; 含费用最多 $4 元"),
      new Form("against it: nothing that was measured", "反对理由: 没有测得"),
      new Form(
          "debate of ([0-9]+) turns, [a-z-]+: ([0-9.]+) of the score speaks for it, ([0-9.]+) against it",
          "辩论 $1 轮: 评分中 $2 支持, $3 反对"),
      new Form("the debate moved the score by (-?[0-9.E-]+)", "辩论使评分变动 $1"));

  private SpokenReasons() {}

  static List<String> of(DecisionRecord record, Recommendation pick, Language language) {
    List<Opinion> opinions = record.candidates().stream()
        .filter(candidate -> candidate.symbol().equals(pick.symbol()))
        .findFirst()
        .map(Candidate::opinions)
        .orElse(List.of());
    List<String> out = new ArrayList<>();
    for (int k = 0; k < pick.reasons().size(); k++) {
      String line = pick.reasons().get(k);
      boolean opinion = k < opinions.size() && line.equals(OpinionLine.of(opinions.get(k)));
      out.add(opinion ? OpinionLine.of(opinions.get(k), language) : line(line, language));
    }
    return List.copyOf(out);
  }

  private static String line(String line, Language language) {
    boolean chinese = language == Language.CHINESE;
    Matcher against = AGAINST.matcher(line);
    if (against.matches()) {
      return (chinese ? "反对理由: " : "against it: ")
          + Labels.analyst(against.group(1)).in(language) + ", "
          + Labels.component(against.group(1), against.group(2)).in(language) + " "
          + percent(against.group(3));
    }
    for (Form form : chinese ? FORMS : List.<Form>of()) {
      Matcher matcher = form.english().matcher(line);
      if (matcher.matches()) {
        return matcher.replaceFirst(form.chinese());
      }
    }
    return line;
  }

  /** A fraction as a percentage; anything else as it is. */
  private static String percent(String value) {
    Matcher fraction = FRACTION.matcher(value);
    return fraction.matches()
        ? new BigDecimal(fraction.group(1))
                .movePointRight(2)
                .setScale(1, RoundingMode.HALF_UP)
                .toPlainString()
            + " %"
        : value;
  }
}
