package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Something that the paper of {@link Alpha101} leaves open.
 *
 * @param topic what it is about
 * @param paper what the paper says, and what others make of it
 * @param here what was chosen here
 * @param factors the names of the factors that it concerns, in order
 */
public record Alpha101Ambiguity(String topic, String paper, String here, List<String> factors) {
  private static final String ANY = "";
  private static final String COMPARISON = "<|==";

  static final List<Alpha101Ambiguity> LIST = List.of(
      of(
          "windows with a fraction",
          "\"d = floor(d)\"; some implementations round instead.",
          "Cut to whole rows: 8.93345 is 8.",
          IntStream.rangeClosed(58, 99).filter(i -> i != 60 && i != 83).toArray()),
      of(
          "windows that are not full",
          "Not mentioned.",
          "A value as soon as the window holds enough valid rows for the formula, as everywhere in Qilin; wait as many"
              + " rows as `Expression.lookBack()` says where only full windows are wanted.",
          ANY),
      of(
          "rank of what, and how scaled",
          "\"Cross-sectional rank\"; neither the range nor ties are stated.",
          "`CSRank`: among the instruments with a row and a valid value, ties by their average, divided by their number.",
          "CSRank\\("),
      of(
          "scale of ts_rank",
          "\"Time-series rank in the past d days\"; some implementations give 1 to d. 1 - ts_rank in ALPHA035 asks for"
              + " values up to 1.",
          "`Rank`: from 1/n to 1. Matters where the value itself is used, not a rank of it.",
          "(?<!CS)Rank\\("),
      of(
          "ts_argmax and ts_argmin",
          "\"Which day ts_max(x, d) occurred on\"; counted from which end is open.",
          "`IdxMax`, `IdxMin`: 1 for the oldest row to d for the newest, the oldest of equals; the place of the first"
              + " missing row if one is missing.",
          "Idx(Max|Min)\\("),
      of(
          "min and max of two series",
          "min(x, d) and max(x, d) are defined as ts_min and ts_max only, but are also used with two series.",
          "`Less` and `Greater`, value by value; missing if one is.",
          "(Less|Greater)\\("),
      of(
          "min(x, 5)",
          "The same word as for two series.",
          "By the definition the smallest of 5 rows: `Min(x,5)`; not the smaller of x and 5.",
          29),
      of(
          "adv and volume",
          "adv{d} is the \"average daily dollar volume\"; but it is compared with, or divides, volume, which counts"
              + " shares. Many implementations average the shares.",
          "`Mean($amount,d)`; `builder().traded(Field.VOLUME)` averages shares. With money, the comparisons"
              + " of ALPHA007 and ALPHA021 hardly ever hold.",
          "amount"),
      of(
          "booleans as numbers",
          "Comparisons are results, are multiplied by -1, ranked and averaged.",
          "True is 1, false 0, so that a comparison times -1 is -1 or 0.",
          IntStream.of(61, 62, 64, 65, 68, 74, 75, 79, 81, 86, 92, 95, 99).toArray()),
      of(
          "comparisons with a missing value",
          "Not mentioned; some implementations leave the result missing.",
          "A comparison with a missing value is false, so the last branch of a choice is taken and a comparison as result"
              + " is 0.",
          COMPARISON),
      of(
          "signedpower",
          "Defined as x^a, without the sign.",
          "sign(x) |x|^a. The same here, as no base is negative.",
          1,
          84),
      of(
          "correlation of what does not vary",
          "Not mentioned; many implementations put 0 for the missing or infinite result.",
          "Missing, if one side has a standard deviation of 0 (of at most 2e-5 as Qlib has it, in QLIB_EXACT). Two valid"
              + " pairs are enough, so that a window of 2 gives -1, 1 or nothing.",
          "Corr\\("),
      of(
          "division by zero",
          "Not mentioned; some implementations put 0.0001 for a zero.",
          "Infinite, or missing for 0/0; what is infinite takes no part in ranks and windows.",
          IntStream.of(53, 54, 55, 60, 66, 83, 100).toArray()),
      of(
          "levels of industry",
          "IndClass.sector, industry, subindustry of a classification that is not named.",
          "Fields of the panel with codes as numbers: `$sector`, `$industry`, `$subindustry`; `builder().groups(…)` takes"
              + " others, or one for all. An instrument without a code gets no value.",
          "CSNeutralize"),
      of(
          "scale(x)",
          "\"Rescaled x such that sum(abs(x)) = a (the default is a = 1)\".",
          "`CSScale(x,1)`.",
          "CSScale"),
      of(
          "decay_linear over missing rows",
          "Weights d, d - 1, …, 1, \"rescaled to sum up to 1\".",
          "`DecayLinear`: the weights of the valid rows are scaled to 1; in a window that is not full the oldest has 1.",
          "DecayLinear"),
      of(
          "standard deviation and covariance",
          "By n or by n - 1 is not stated.",
          "By n - 1.",
          "Std\\(|Cov\\("),
      of(
          "cap",
          "\"Market cap\".",
          "`$cap`, a field that the panel must hold; its unit does not matter.",
          56),
      of(
          "terms that do nothing",
          "x * 0.7 + x * (1 - 0.7), the power of 1, products of one row, a group taken out twice.",
          "Written as in the paper.",
          IntStream.of(29, 33, 59, 66, 82, 89, 100).toArray()));

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if it concerns no factor
   */
  public Alpha101Ambiguity {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(paper, "paper");
    Objects.requireNonNull(here, "here");
    factors = List.copyOf(factors);
    if (factors.isEmpty()) {
      throw QilinException.invalid("the ambiguity '" + topic + "' concerns no factor");
    }
  }

  private static Alpha101Ambiguity of(String topic, String paper, String here, int... numbers) {
    List<String> names = IntStream.of(numbers).mapToObj(Alpha101::name).toList();
    return new Alpha101Ambiguity(topic, paper, here, names);
  }

  /** Concerns all factors in whose formula the pattern is found. */
  private static Alpha101Ambiguity of(String topic, String paper, String here, String pattern) {
    Pattern found = Pattern.compile(pattern);
    int[] numbers = IntStream.rangeClosed(1, Alpha101Formulas.LIST.size())
        .filter(i -> found.matcher(Alpha101Formulas.LIST.get(i - 1)).find())
        .toArray();
    return of(topic, paper, here, numbers);
  }
}
