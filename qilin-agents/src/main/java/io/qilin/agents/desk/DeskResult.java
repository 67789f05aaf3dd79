package io.qilin.agents.desk;

import io.qilin.agents.analyst.Language;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Recommendation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a desk decided in one evening.
 *
 * @param record everything that is needed to repeat the decision
 */
public record DeskResult(DecisionRecord record) {
  /** Checks the record. */
  public DeskResult {
    Objects.requireNonNull(record, "record");
  }

  /** The shares to buy, best first; may be empty. */
  public List<Recommendation> recommendations() {
    return record.recommendations();
  }

  /**
   * The reasons of a recommendation with names of analysts and components in a language, one line
   * each; {@link Recommendation#reasons} has their ids. What plug-ins and models said stays as it is.
   */
  public List<String> reasons(Recommendation found, Language language) {
    return SpokenReasons.of(record, found, language);
  }

  /** Ids of analysts that have a weight and took no part, as they had no data on any share. */
  public Set<String> silent() {
    Set<String> silent =
        new TreeSet<>(SettingsText.below(record.settings(), "weight.").keySet());
    record
        .candidates()
        .forEach(
            candidate -> candidate.opinions().forEach(opinion -> silent.remove(opinion.analyst())));
    return Collections.unmodifiableSet(silent);
  }

  /**
   * One line that says what became of all shares, and so why there are few or no recommendations.
   */
  public String summary() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Candidate candidate : record.candidates()) {
      counts.merge(candidate.outcome(), 1, Integer::sum);
    }
    int chosen = record.recommendations().size();
    StringBuilder out = new StringBuilder();
    out.append(chosen)
        .append(" of ")
        .append(record.candidates().size())
        .append(" shares recommended");
    counts.remove(ResearchDesk.RECOMMENDED);
    counts.forEach((outcome, count) -> out.append(out.indexOf(";") < 0 ? "; held back: " : ", ")
        .append(count)
        .append(" by ")
        .append(outcome));
    Set<String> silent = silent();
    if (!silent.isEmpty()) {
      out.append("; without data for any share: ").append(String.join(", ", silent));
    }
    record
        .copyOf()
        .ifPresent(
            fetched -> out.append("; the bars are a stale copy, fetched at ").append(fetched));
    return out.toString();
  }
}
