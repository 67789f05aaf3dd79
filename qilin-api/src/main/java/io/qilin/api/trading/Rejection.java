package io.qilin.api.trading;

import io.qilin.api.money.Money;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Why a broker refused an order, or ended one that it had taken.
 *
 * @param reason the class of the refusal; it says whether the same order may succeed later
 * @param message what was wrong and the nearest value that would have been allowed, one line
 * @param figures numbers by name that belong to it, for example {@code required} and
 *     {@code available}; empty if the broker states none
 */
public record Rejection(RejectReason reason, String message, Map<String, BigDecimal> figures) {
  /** What an order would cost with its fees, in yuan. */
  public static final String REQUIRED = "required";

  /** What can be spent, in yuan. */
  public static final String AVAILABLE = "available";

  /** How many shares are held. */
  public static final String CURRENT = "current";

  /** How many shares may be held. */
  public static final String LIMIT = "limit";

  /** Copies the figures, sorted by name. */
  public Rejection {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** A refusal without figures. */
  public static Rejection of(RejectReason reason, String message) {
    return new Rejection(reason, message, Map.of());
  }

  /**
   * The cash does not pay for the order.
   *
   * @param required what it would cost with its fees
   * @param available what can be spent
   */
  public static Rejection insufficientFunds(Money required, Money available) {
    return new Rejection(
        RejectReason.INSUFFICIENT_FUNDS,
        "the order needs " + required + " yuan with its fees, " + available + " are available",
        Map.of(REQUIRED, required.yuan(), AVAILABLE, available.yuan()));
  }

  /**
   * More would be held than may be.
   *
   * @param current shares held
   * @param limit shares that may be held
   */
  public static Rejection positionLimit(long current, long limit) {
    return new Rejection(
        RejectReason.POSITION_LIMIT,
        current + " shares are held, at most " + limit + " may be",
        Map.of(CURRENT, BigDecimal.valueOf(current), LIMIT, BigDecimal.valueOf(limit)));
  }
}
