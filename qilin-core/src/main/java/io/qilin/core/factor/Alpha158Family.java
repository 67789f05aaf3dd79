package io.qilin.core.factor;

/**
 * The families of Alpha158's rolling features, named as in Qlib's configuration, with the beginning of their features'
 * names and the expression for a window of {@code d} days (microsoft/qlib, qlib/contrib/data/loader.py).
 */
public enum Alpha158Family {
  /** Earlier close over today's: rate of change. */
  ROC("Ref($close, {d})/$close"),
  /** Moving average of the close. */
  MA("Mean($close, {d})/$close"),
  /** Standard deviation of the close. */
  STD("Std($close, {d})/$close"),
  /** Slope of the close. */
  BETA("Slope($close, {d})/$close"),
  /** How straight the close moved. */
  RSQR("Rsquare($close, {d})"),
  /** Distance of the close from its line. */
  RESI("Resi($close, {d})/$close"),
  /** Highest high. */
  MAX("Max($high, {d})/$close"),
  /** Lowest low; Qlib calls the family LOW and the features MIN. */
  LOW("MIN", "Min($low, {d})/$close"),
  /** Upper quantile of the close. */
  QTLU("Quantile($close, {d}, 0.8)/$close"),
  /** Lower quantile of the close. */
  QTLD("Quantile($close, {d}, 0.2)/$close"),
  /** Rank of the close among its own past. */
  RANK("Rank($close, {d})"),
  /** Place of the close between low and high. */
  RSV("($close-Min($low, {d}))/(Max($high, {d})-Min($low, {d})+1e-12)"),
  /** Days since the high, counted from the window's start. */
  IMAX("IdxMax($high, {d})/{d}"),
  /** Days since the low, counted from the window's start. */
  IMIN("IdxMin($low, {d})/{d}"),
  /** Days between low and high. */
  IMXD("(IdxMax($high, {d})-IdxMin($low, {d}))/{d}"),
  /** Correlation of close and volume. */
  CORR("Corr($close, Log($volume+1), {d})"),
  /** Correlation of their changes. */
  CORD("Corr($close/Ref($close,1), Log($volume/Ref($volume, 1)+1), {d})"),
  /** Share of rising days. */
  CNTP("Mean($close>Ref($close, 1), {d})"),
  /** Share of falling days. */
  CNTN("Mean($close<Ref($close, 1), {d})"),
  /** Rising less falling days. */
  CNTD("Mean($close>Ref($close, 1), {d})-Mean($close<Ref($close, 1), {d})"),
  /** Gains over all movement. */
  SUMP("Sum(Greater($close-Ref($close, 1), 0), {d})/(Sum(Abs($close-Ref($close, 1)), {d})+1e-12)"),
  /** Losses over all movement. */
  SUMN("Sum(Greater(Ref($close, 1)-$close, 0), {d})/(Sum(Abs($close-Ref($close, 1)), {d})+1e-12)"),
  /** Gains less losses over all movement. */
  SUMD("(Sum(Greater($close-Ref($close, 1), 0), {d})-Sum(Greater(Ref($close, 1)-$close, 0), {d}))"
      + "/(Sum(Abs($close-Ref($close, 1)), {d})+1e-12)"),
  /** Moving average of the volume. */
  VMA("Mean($volume, {d})/($volume+1e-12)"),
  /** Standard deviation of the volume. */
  VSTD("Std($volume, {d})/($volume+1e-12)"),
  /** Spread of volume-weighted movement. */
  WVMA("Std(Abs($close/Ref($close, 1)-1)*$volume, {d})"
      + "/(Mean(Abs($close/Ref($close, 1)-1)*$volume, {d})+1e-12)"),
  /** Rises of the volume over all its movement. */
  VSUMP(
      "Sum(Greater($volume-Ref($volume, 1), 0), {d})/(Sum(Abs($volume-Ref($volume, 1)), {d})+1e-12)"),
  /** Falls of the volume over all its movement. */
  VSUMN(
      "Sum(Greater(Ref($volume, 1)-$volume, 0), {d})/(Sum(Abs($volume-Ref($volume, 1)), {d})+1e-12)"),
  /** Rises less falls of the volume over all its movement. */
  VSUMD(
      "(Sum(Greater($volume-Ref($volume, 1), 0), {d})-Sum(Greater(Ref($volume, 1)-$volume, 0), {d}))"
          + "/(Sum(Abs($volume-Ref($volume, 1)), {d})+1e-12)");

  private final String prefix;
  private final String template;

  Alpha158Family(String template) {
    this.prefix = name();
    this.template = template;
  }

  Alpha158Family(String prefix, String template) {
    this.prefix = prefix;
    this.template = template;
  }

  String featureName(int window) {
    return prefix + window;
  }

  String expression(int window) {
    return template.replace("{d}", Integer.toString(window));
  }
}
