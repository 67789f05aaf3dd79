package io.qilin.agents.desk;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What became of past recommendations: on each day of a span the desk decides with what was known
 * that evening, and its advice is followed by the rules below. A record of how the advice would
 * have done, not a forecast.
 *
 * @param equity the account's worth at each close, one point a day of the span and the start before
 *     it
 * @param trades every recommendation with its outcome, in the order of days and ranks
 */
public record TrackRecord(List<EquityPoint> equity, List<TrackedTrade> trades) {
  /** The rules that were followed, for a reader of the figures. */
  public static final String CONVENTION =
      "Each evening the desk decides on data up to that day. Two halves of the"
          + " account take turns, so that money from a sale is never needed in the same"
          + " auction. The half whose turn it is splits its cash equally over as many places"
          + " as the desk may fill; an empty place stays cash. A share is bought at the next"
          + " session's opening price, if it trades, opens below limit-up and not above the"
          + " order's limit price. It is sold at the opening price of the session after"
          + " (T+1), or of the first later one on which it trades and opens above limit-"
          + " down. Whole lots, the rule book's dated fees, no price impact. A payout"
          + " between purchase and sale counts as received at the raw price of the sale, by"
          + " the change of the adjustment factor, untaxed.";

  /**
   * The account at one close.
   *
   * @param day the trading day
   * @param worth cash and shares at their last close
   */
  public record EquityPoint(LocalDate day, Money worth) {
    /** Checks the parts. */
    public EquityPoint {
      Objects.requireNonNull(day, "day");
      Objects.requireNonNull(worth, "worth");
    }
  }

  /** Copies the lists. */
  public TrackRecord {
    equity = List.copyOf(equity);
    trades = List.copyOf(trades);
  }

  /** Recommendations that could be bought. */
  public long filled() {
    return trades.stream().filter(TrackedTrade::filled).count();
  }

  /** Share of the bought ones with a profit after fees; {@code NaN} if none was bought. */
  public double hitRate() {
    long hits = trades.stream()
        .filter(trade -> trade.profit().compareTo(Money.ZERO) > 0)
        .count();
    return filled() == 0 ? Double.NaN : hits / (double) filled();
  }

  /** Worth at the end over worth at the start, minus 1. */
  public double totalReturn() {
    Money first = equity.get(0).worth();
    Money last = equity.get(equity.size() - 1).worth();
    return last.fen() / (double) first.fen() - 1;
  }

  /**
   * Starts a record.
   *
   * @param desk decides; its own portfolio only serves its risk gate
   * @param snapshots the market
   */
  public static Builder builder(ResearchDesk desk, Snapshots snapshots) {
    return new Builder(desk, snapshots);
  }

  /** Sets the span and the money. Not thread-safe. */
  public static final class Builder {
    private final ResearchDesk desk;
    private final Snapshots snapshots;
    private LocalDate from;
    private LocalDate to;
    private Money cash = Money.ofFen(100_000_000);
    private ProgressListener progress = ProgressListener.NONE;
    private Cancellation cancellation = new Cancellation();

    private Builder(ResearchDesk desk, Snapshots snapshots) {
      this.desk = Objects.requireNonNull(desk, "desk");
      this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
      this.from = snapshots.days().get(0);
      this.to = snapshots.days().get(snapshots.days().size() - 1);
    }

    /**
     * The first day on which the desk decides, and the last day of the record; all days of the
     * market unless set.
     */
    public Builder span(LocalDate first, LocalDate last) {
      from = Objects.requireNonNull(first, "first");
      to = Objects.requireNonNull(last, "last");
      return this;
    }

    /** The money at the start; a million yuan unless set. */
    public Builder cash(Money start) {
      cash = Objects.requireNonNull(start, "cash");
      return this;
    }

    /** Is told after each day; nobody unless set. */
    public Builder progress(ProgressListener listener) {
      progress = Objects.requireNonNull(listener, "progress");
      return this;
    }

    /** Is asked before each day; nobody unless set. */
    public Builder cancellation(Cancellation signal) {
      cancellation = Objects.requireNonNull(signal, "cancellation");
      return this;
    }

    /**
     * Runs through the span.
     *
     * @throws QilinException NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE if the market does not hold the
     *     span; INVALID_ARGUMENT if the span ends before it begins or the cash is not positive;
     *     CANCELLED
     */
    public TrackRecord run() {
      int first = snapshots.raw().indexOf(from);
      int last = snapshots.raw().indexOf(to);
      if (last < first) {
        throw QilinException.invalid("the span ends on " + to + ", before it begins on " + from);
      }
      if (cash.fen() <= 1) {
        throw QilinException.invalid("a track record begins with money, had " + cash);
      }
      return new TrackWalk(desk, snapshots, cash).run(first, last, progress, cancellation);
    }
  }
}
