package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.core.internal.ParallelWork;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Studies factors that arrive day after day, for panels too large to be held: keeps figures of each day and yesterday's
 * values, not the values. Memory grows by some forty numbers a factor and day and by the counts of drops; it does not grow
 * with instruments × days.
 *
 * <p>The factors of a day are spread over the executor of the settings; the results have the same bits for any number of
 * threads. One thread at a time may call it.
 */
public final class StudyCollector {
  /** So that sums of products of ranks fit into a long. */
  private static final int MOST_INSTRUMENTS = 1_000_000;

  private final List<String> factors;
  private final List<Symbol> symbols;
  private final StudySettings settings;
  private final List<FactorLane> lanes = new ArrayList<>();
  private final List<LocalDate> days = new ArrayList<>();
  private final StudyDay today;
  private final Scratches scratches;
  private boolean usable = true;

  /** Working memory that threads take and give back; one lock, held for a moment. */
  private static final class Scratches {
    private final int instruments;
    private final int groups;
    private final Deque<StudyScratch> free = new ArrayDeque<>();

    Scratches(int instruments, int groups) {
      this.instruments = instruments;
      this.groups = groups;
    }

    synchronized StudyScratch take() {
      return free.isEmpty() ? new StudyScratch(instruments, groups) : free.pop();
    }

    synchronized void give(StudyScratch scratch) {
      free.push(scratch);
    }
  }

  private StudyCollector(List<String> factors, List<Symbol> symbols, StudySettings settings) {
    this.factors = factors;
    this.symbols = symbols;
    this.settings = settings;
    this.today = new StudyDay(symbols, settings);
    this.scratches = new Scratches(symbols.size(), settings.groups());
    factors.forEach(factor -> lanes.add(new FactorLane(symbols.size(), settings)));
  }

  /**
   * Starts without a day.
   *
   * @param factors names, at least one, all different
   * @param symbols the instruments in the order of the values
   * @throws QilinException INVALID_ARGUMENT for no factor, names or symbols that come twice, or more than a million symbols
   */
  public static StudyCollector of(
      List<String> factors, List<Symbol> symbols, StudySettings settings) {
    boolean twice = new HashSet<>(factors).size() < factors.size()
        || new HashSet<>(symbols).size() < symbols.size();
    if (factors.isEmpty() || symbols.isEmpty() || twice || symbols.size() > MOST_INSTRUMENTS) {
      throw QilinException.invalid(
          "a study needs a factor and an instrument or more, none twice, and at most "
              + MOST_INSTRUMENTS + " instruments; got " + factors.size() + " factors and "
              + symbols.size() + " instruments");
    }
    return new StudyCollector(List.copyOf(factors), List.copyOf(symbols), settings);
  }

  /**
   * Takes a day.
   *
   * @param day after the last one
   * @param scores factor × instrument, {@code NaN} where not known; read, not kept
   * @param labels horizon × instrument, likewise
   * @throws QilinException INVALID_ARGUMENT if the day or the shape is wrong; CANCELLED, after which the collector is spent, as it is if
   *     scores that are fetched fail
   */
  public void accept(LocalDate day, double[][] scores, double[][] labels) {
    if (scores.length != factors.size()) {
      throw QilinException.invalid(
          scores.length + " rows of scores for " + factors.size() + " factors");
    }
    for (int factor = 0; factor < scores.length; factor++) {
      checkLength(scores[factor], factors.get(factor));
    }
    accept(day, factor -> scores[factor], labels);
  }

  /**
   * Takes a day whose scores are fetched on the threads that work on them.
   *
   * @param scores the values of the factor of a number, one an instrument; called once for each
   * @param labels horizon × instrument, {@code NaN} where not known; read, not kept
   * @throws QilinException as {@link #accept(LocalDate, double[][], double[][])}
   */
  public void accept(LocalDate day, IntFunction<double[]> scores, double[][] labels) {
    check(day, labels);
    usable = false;
    settings.cancellation().check();
    today.set(day, labels);
    ParallelWork.run(lanes.size(), settings.executor(), factor -> {
      double[] row = scores.apply(factor);
      checkLength(row, factors.get(factor));
      StudyScratch scratch = scratches.take();
      lanes.get(factor).accept(row, today, scratch);
      scratches.give(scratch);
    });
    days.add(day);
    usable = true;
  }

  private void check(LocalDate day, double[][] labels) {
    if (!usable) {
      throw QilinException.invalid("an earlier day failed; start another collector");
    }
    if (!days.isEmpty() && !day.isAfter(days.get(days.size() - 1))) {
      throw QilinException.invalid(
          "days must ascend, but " + day + " follows " + days.get(days.size() - 1));
    }
    if (labels.length != settings.horizons().size()) {
      throw QilinException.invalid(
          labels.length + " rows of labels for " + settings.horizons().size() + " horizons");
    }
    for (int h = 0; h < labels.length; h++) {
      checkLength(labels[h], settings.horizons().get(h).label().name());
    }
  }

  private void checkLength(double[] row, String name) {
    if (row.length != symbols.size()) {
      throw QilinException.invalid(QilinException.quote(name) + " has " + row.length
          + " values for " + symbols.size() + " instruments");
    }
  }

  /**
   * What was found. More days may be taken afterwards; the result does not change with them.
   *
   * @throws QilinException INVALID_ARGUMENT before any day
   */
  public StudyResult finish() {
    if (days.isEmpty() || !usable) {
      throw QilinException.invalid(
          days.isEmpty() ? "there is no day to study" : "a day failed; start another collector");
    }
    List<LocalDate> all = List.copyOf(days);
    List<FactorStudy> studies = Stream.iterate(0, f -> f + 1)
        .limit(lanes.size())
        .map(f -> new FactorStudy(factors.get(f), all, symbols, lanes.get(f), settings))
        .toList();
    return new StudyResult(studies, symbols.size(), settings);
  }
}
