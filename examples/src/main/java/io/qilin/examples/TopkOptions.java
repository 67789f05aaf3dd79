package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.TopkDropout;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The settings of Qlib's rule TopkDropout. */
final class TopkOptions {
  @Option(
      names = "--topk",
      paramLabel = "K",
      description = "How many shares to hold; 50 unless given.")
  private int topk = 50;

  @Option(
      names = "--drop",
      paramLabel = "N",
      description = "How many of them to exchange a day at most; a tenth of --topk unless given.")
  private Optional<Integer> drop = Optional.empty();

  @Option(
      names = "--hold-thresh",
      paramLabel = "DAYS",
      description = "How many days a share is held at least; 1 unless given.")
  private int holdThreshold = 1;

  @Option(
      names = "--only-tradable",
      description = "Passes over shares that cannot trade when it chooses, with --mode qlib.")
  private boolean onlyTradable;

  @Option(
      names = "--no-forbid-all-trade-at-limit",
      description =
          "Lets a share at limit-up be sold and one at limit-down be bought, with --mode qlib.")
  private boolean tradeAtLimit;

  @Option(
      names = "--risk-degree",
      paramLabel = "FRACTION",
      description = "Part of the money that is used; 0.95 unless given.")
  private double riskDegree = 0.95;

  boolean isWrong() {
    return topk < 1 || drop() < 0 || drop() > topk;
  }

  private int drop() {
    return drop.orElse(topk / 10);
  }

  boolean forQlibOnly() {
    return onlyTradable || tradeAtLimit;
  }

  TopkDropout.Builder rule(CommandSpec spec) {
    try {
      return TopkDropout.builder(topk, drop())
          .holdThreshold(holdThreshold)
          .onlyTradable(onlyTradable)
          .forbidAllTradeAtLimit(!tradeAtLimit)
          .riskDegree(riskDegree);
    } catch (QilinException e) {
      throw BacktestCommand.usage(spec, e);
    }
  }
}
