package io.qilin.core.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the figures of a study mean: one written convention for each, printed with every report. */
public final class StudyConventions {
  private StudyConventions() {}

  /**
   * A figure and how it is computed.
   *
   * @param metric its name in tables
   * @param text one or more sentences
   */
  public record Convention(String metric, String text) {}

  /** The conventions under some settings, in the order of the reports. */
  public static List<Convention> of(StudySettings settings) {
    List<Convention> all = new ArrayList<>();
    int groups = settings.groups();
    add(
        all,
        "outcome",
        settings.horizons().stream().map(Horizon::toString).collect(Collectors.joining("; "))
            + ". T is the factor's day. The first horizon is the main one. Returns carry no cost.");
    add(
        all,
        "pairs",
        "An instrument counts on a day if factor and outcome are both finite. Days with fewer than two pairs, or on"
            + " which one side does not vary, have no IC and are left out of its mean.");
    add(
        all,
        "IC",
        "Pearson's correlation of factor and outcome over the pairs of a day; mean over the days.");
    add(
        all,
        "rank IC",
        "Spearman's correlation, ties by average rank; mean over the days. ICIR is the mean over the standard deviation"
            + " from day to day (ddof 1), not annualised.");
    add(
        all,
        "t, p",
        "Mean over its Newey-West standard error with Bartlett weights and lag "
            + (settings.lag().isPresent()
                ? settings.lag().getAsInt() + " as given"
                : "floor(4*(days/100)^(2/9)) + horizon - 1")
            + ", no small-sample correction; p is two-sided and normal.");
    add(
        all,
        "Holm, BH",
        "p of the main horizon's rank IC after Bonferroni-Holm (chance of any false find) and Benjamini-Hochberg"
            + " (share of false finds) over all trials.");
    add(
        all,
        "neutral rank IC",
        settings.grouping().isPresent()
            ? "Ranks of factor and outcome over the pairs of a day, each less the mean of its group; their correlation."
                + " Instruments without a group are left out; groups of one add nothing."
            : "Not measured: no groups were given.");
    add(
        all,
        "groups",
        groups
            + " groups by factor over all instruments with a finite factor, whether their outcome is known or not:"
            + " average rank r of n falls into group floor((r-0.5)*" + groups
            + "/n)+1, so that equal values stay"
            + " together. A group's return is the plain mean of its known outcomes. Days with fewer than "
            + groups
            + " values have none.");
    add(
        all,
        "spread",
        "Return of the top group less that of the bottom group over the whole horizon, before costs.");
    add(
        all,
        "cumulative",
        "Daily figures divided by the horizon's days and added up, not compounded; a day without a figure adds nothing.");
    add(
        all,
        "turnover",
        "Share of the top group that was not in it on the day before; mean over the days.");
    add(
        all,
        "autocorrelation",
        "Correlation, or rank correlation, of the factor with itself on the day before, over instruments with both.");
    add(
        all,
        "buyable top",
        settings.tradability().isPresent()
            ? "The top group's return over its members that could be bought, beside the figure over all its members."
                + " The group is formed first, then what could not be bought is taken out; nothing moves up."
            : "Not measured: nothing was given about what could be bought.");
    add(
        all,
        "coverage",
        "Finite values of the factor over pairs of instrument and day"
            + (settings.bars().isPresent() ? " inside the instruments' spans." : "."));
    add(
        all,
        "dropped",
        "By the first reason that holds: outside the instrument's span, factor missing, factor or outcome infinite,"
            + " outcome of the main horizon missing, not buyable. The last one counts everywhere but in the buyable top.");
    return List.copyOf(all);
  }

  private static void add(List<Convention> all, String metric, String text) {
    all.add(new Convention(metric, text));
  }
}
