package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.Moments;
import io.qilin.core.internal.kernel.Weighted;
import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.Term;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Binds the rolling operators of one series: they share its chains, whatever their windows. */
final class Series {
  /** From this window on values are kept in order lane by lane. */
  private static final int LONG_WINDOW = 128;

  private final Assembly parts;
  private final Graph graph;
  private final boolean exact;
  private final Supplier<Rows> results;
  private final int id;
  private final Value x;
  private final int stage;
  private final String name;

  /**
   * A series.
   *
   * @param exact Qlib's numbers to the last of its habits
   * @param results gives rows for values of the term at hand
   */
  Series(
      Assembly parts,
      Graph graph,
      boolean exact,
      Supplier<Rows> results,
      int id,
      Value x,
      int stage) {
    this.parts = parts;
    this.graph = graph;
    this.exact = exact;
    this.results = results;
    this.id = id;
    this.x = x;
    this.stage = stage;
    this.name = id + "@" + x.delay();
  }

  private Validity validity() {
    return parts.validity(id, x, stage);
  }

  private Counts counts() {
    return parts.counts(name, validity(), stage, x.delay(), id);
  }

  private MomentChain moments() {
    return parts.once("moments " + name, () -> {
      MomentChain chain = parts.moments(name, x, counts(), stage);
      note("moments", chain::windows);
      parts.add(stage, chain::rows, chain::kernels);
      return chain;
    });
  }

  private Rows filled(double filling) {
    return parts.filled(name, x, validity(), filling, stage);
  }

  private SumChain sums(SumChain.Merge merge) {
    return parts.once(merge + " " + name, () -> {
      SumChain chain = new SumChain(merge, filled(merge.neutral));
      note(merge.name().toLowerCase(Locale.ROOT), chain::windows);
      parts.add(stage, chain::rows, chain::kernels);
      return chain;
    });
  }

  private void note(String what, Supplier<Set<Integer>> windows) {
    parts.note(() -> what + " of " + graph.text(id), windows);
  }

  private boolean truth() {
    return graph.term(id) instanceof Term.Apply apply
        && switch (apply.operator()) {
          case LT, LE, EQ, NE, AND, OR -> true;
          default -> false;
        };
  }

  /** A result that is the value of the term at hand. */
  private Rows result(BiFunction<Rows, Integer, Kernel> kernel, int window) {
    Rows out = results.get();
    parts.add(stage, kernel.apply(out, window));
    return out;
  }

  /** A result that others read as well. */
  private Rows lasting(BiFunction<Rows, Integer, Kernel> kernel, int window) {
    Rows out = parts.ring(Double.NaN);
    parts.add(stage, kernel.apply(out, window));
    return out;
  }

  Rows rolling(Term.Apply apply, Span span) {
    if (apply.operator() == Operator.REF) {
      return lasting((out, w) -> new Recursive.First(x, x.delay(), out), 0);
    }
    if (apply.operator() == Operator.EMA && apply.window() > 0) {
      Rows weight = parts.ring(0);
      return lasting(
          (out, w) -> new Recursive.ExponentialMean(apply.window(), x, validity(), weight, out), 0);
    }
    return apply.window() == 0 ? endless(apply, span) : windowed(apply, (int) apply.window(), span);
  }

  private Rows windowed(Term.Apply apply, int window, Span span) {
    return switch (apply.operator()) {
      case MEAN -> mean(window);
      case SUM ->
        result(
            (out, w) ->
                new MomentResults.Sum(counts(), w, sums(SumChain.Merge.SUM).level(w), out),
            window);
      case STD -> result((out, w) -> new MomentResults.Deviation(moments(), w, out), window);
      case VAR ->
        result(
            (out, w) -> new MomentResults.Variance(counts(), w, moments().squares(w).q, out),
            window);
      case SKEW, KURT -> shape(apply.operator(), window);
      case MAX -> extreme(SumChain.Merge.MAX, window);
      case MIN -> extreme(SumChain.Merge.MIN, window);
      case IDX_MAX -> place(SumChain.Merge.MAX, window, span);
      case IDX_MIN -> place(SumChain.Merge.MIN, window, span);
      case MAD -> {
        Rows mean = mean(moments(), window);
        yield result((out, w) -> new MeanDeviation(moments(), w, mean, out), window);
      }
      case QUANTILE -> quantile(apply.parameters().get(1), window);
      case RANK -> rank(window);
      case COUNT -> count(window);
      case SLOPE -> spoilt(slope(window));
      case RSQUARE -> spoilt(rsquare(window));
      case RESI -> spoilt(residual(window));
      case WMA -> weighted(window, span, exact);
      case DECAY_LINEAR -> weighted(window, span, false);
      case PRODUCT ->
        result(
            (out, w) ->
                new MomentResults.Sum(counts(), w, sums(SumChain.Merge.PRODUCT).level(w), out),
            window);
      default -> throw new QilinException(ErrorCode.UNKNOWN, apply.operator() + " has no window");
    };
  }

  private Rows mean(int window) {
    return truth()
        ? result(
            (out, w) ->
                new MomentResults.Share(counts(), w, sums(SumChain.Merge.SUM).level(w), out),
            window)
        : mean(moments(), window);
  }

  private Rows mean(MomentChain chain, int window) {
    return parts.once(
        "mean " + window + " " + name,
        () -> lasting((out, w) -> new MomentResults.Mean(chain, w, out), window));
  }

  private Rows shape(Operator operator, int window) {
    PowerChain chain = parts.once("powers " + name, () -> {
      PowerChain made = new PowerChain(moments());
      parts.add(stage, made::rows, made::kernels);
      return made;
    });
    return result(
        (out, w) -> new MomentResults.Shape(chain, w, operator == Operator.SKEW, out), window);
  }

  private Rows extreme(SumChain.Merge merge, int window) {
    return result(
        (out, w) -> new MomentResults.Sum(counts(), w, sums(merge).level(w), out), window);
  }

  private Rows place(SumChain.Merge merge, int window, Span span) {
    SumChain values = sums(merge);
    PlaceChain places = parts.once("places " + merge + " " + name, () -> {
      PlaceChain made = new PlaceChain(values, merge == SumChain.Merge.MAX);
      parts.add(stage, made::rows, made::kernels);
      return made;
    });
    HoleChain holes = parts.once("holes " + name, () -> {
      HoleChain made = new HoleChain(validity(), span, x.delay());
      parts.add(stage, made::rows, made::kernels);
      return made;
    });
    return result(
        (out, w) -> new OrderResults.Place(
            validity(),
            w,
            places.level(w),
            holes.level(w),
            span.count(x.delay(), w),
            x.delay(),
            counts().n(w),
            out),
        window);
  }

  private Keys keys() {
    return parts.once("keys " + name, () -> {
      LongRows rows = new LongRows(Keys.MISSING);
      parts.keep(rows);
      Keys made = new Keys(x, validity(), rows);
      parts.add(stage, made);
      return made;
    });
  }

  private Rows quantile(double level, int window) {
    if (window >= LONG_WINDOW) {
      return order(window).quantile(level);
    }
    SortedWindow sorted = parts.once("sorted " + window + " " + name, () -> {
      SortedWindow made = new SortedWindow(window, keys(), counts());
      parts.add(stage, made::rows, made);
      return made;
    });
    return sorted.quantile(level);
  }

  private Rows rank(int window) {
    if (window >= LONG_WINDOW) {
      return order(window).rank();
    }
    RankKernel ranks = parts.once("ranks " + name, () -> {
      RankKernel made = new RankKernel(x, keys(), counts());
      parts.add(stage, made::rows, made);
      return made;
    });
    return ranks.window(window);
  }

  private LaneOrder order(int window) {
    return parts.once("order " + window + " " + name, () -> {
      LaneOrder made = new LaneOrder(window, x, validity());
      parts.add(stage, made::rows, made);
      return made;
    });
  }

  private Value whole(Rows rows) {
    return new Value(rows, x.delay(), x.span());
  }

  private Rows count(int window) {
    SumChain chain = parts.once("known " + name, () -> {
      Rows ones = parts.ring(0);
      parts.add(stage, new Recursive.Known(x, ones));
      SumChain made = new SumChain(SumChain.Merge.SUM, ones);
      parts.add(stage, made::rows, made::kernels);
      return made;
    });
    return result((out, w) -> new Elementwise.Copy(whole(chain.level(w)), out), window);
  }

  private Rows product(int window) {
    return parts.once(
        "product " + window + " " + name,
        () -> lasting((out, w) -> new RegressionResults.Product(moments(), w, out), window));
  }

  private Rows slope(int window) {
    return parts.once(
        "slope " + window + " " + name,
        () -> lasting(
            (out, w) -> new RegressionResults.Slope(moments(), w, product(w), out), window));
  }

  private Rows rsquare(int window) {
    return result(
        (out, w) -> new RegressionResults.Rsquare(moments(), w, product(w), exact, out), window);
  }

  private Rows residual(int window) {
    Rows slope = slope(window);
    return result((out, w) -> new RegressionResults.Residual(x, moments(), w, slope, out), window);
  }

  private Rows spoilt(Rows rows) {
    if (exact) {
      Recursive.Spoilt spoilt = parts.once("spoilt " + name, () -> {
        Recursive.Spoilt made = new Recursive.Spoilt(x, validity(), parts.ring(-0.0));
        parts.add(stage, made);
        return made;
      });
      parts.add(stage, new Recursive.Spoil(spoilt, rows));
    }
    return rows;
  }

  private Rows weighted(int window, Span span, boolean qlib) {
    return result(
        (out, w) -> new MomentResults.Weighted(
            moments(), w, span.count(x.delay(), w), x.delay(), qlib, out),
        window);
  }

  private Rows endless(Term.Apply apply, Span span) {
    return switch (apply.operator()) {
      case MEAN -> endless(Expanding.Result.MEAN);
      case SUM -> endless(Expanding.Result.SUM);
      case STD -> endless(Expanding.Result.DEVIATION);
      case VAR -> endless(Expanding.Result.VARIANCE);
      case SKEW -> endless(Expanding.Result.SKEWNESS);
      case KURT -> endless(Expanding.Result.KURTOSIS);
      case MAX -> copy(extremes(span).max);
      case MIN -> copy(extremes(span).min);
      case IDX_MAX -> extremes(span).placeOfMax;
      case IDX_MIN -> extremes(span).placeOfMin;
      case COUNT -> copy(extremes(span).known);
      case WMA -> exact ? extremes(span).weightedQlib : extremes(span).weighted;
      case SLOPE -> spoilt(line(span).slope);
      case RSQUARE -> spoilt(line(span).rsquare);
      case RESI -> spoilt(line(span).residual);
      case QUANTILE -> order(0).quantile(apply.parameters().get(1));
      case RANK -> order(0).rank();
      case MAD -> result((out, w) -> new LaneHistory(Moments.MAD, x, out), 0);
      case EMA -> result((out, w) -> new LaneHistory(Weighted.EXPANDING_EMA, x, out), 0);
      default -> throw new QilinException(ErrorCode.UNKNOWN, apply.operator() + " has no window");
    };
  }

  /** What is changed in place must not be read as a series. */
  private Rows copy(Rows rows) {
    return result((out, w) -> new Elementwise.Copy(whole(rows), out), 0);
  }

  private Rows endless(Expanding.Result result) {
    Expanding.Moments moments = parts.once("endless " + name, () -> {
      Expanding.Moments made = new Expanding.Moments(x, validity());
      parts.add(stage, made::rows, made);
      return made;
    });
    return result((out, w) -> new Expanding.MomentResult(result, moments, out), 0);
  }

  private Expanding.Line line(Span span) {
    return parts.once("line " + name, () -> {
      Expanding.Line made = new Expanding.Line(x, validity(), span.outside(x.delay()));
      parts.add(stage, made::rows, made);
      return made;
    });
  }

  private Expanding.Extremes extremes(Span span) {
    return parts.once("extremes " + name, () -> {
      Expanding.Extremes made = new Expanding.Extremes(x, validity(), span.outside(x.delay()));
      parts.add(stage, made::rows, made);
      return made;
    });
  }
}
