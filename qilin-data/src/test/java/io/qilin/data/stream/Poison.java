package io.qilin.data.stream;

import io.qilin.api.record.Tick;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** The kinds of poisoned messages of scenario F14, and what becomes of each. */
enum Poison {
  BAD_JSON(DeadLetterReason.UNREADABLE),
  DEEP(DeadLetterReason.UNREADABLE),
  HUGE(DeadLetterReason.DAMAGED),
  WRONG_TYPE(DeadLetterReason.UNREADABLE),
  HANDLER_THROWS(DeadLetterReason.HANDLER_FAILED),
  HANDLER_HANGS(DeadLetterReason.HANDLER_TIMEOUT);

  /** The longest line that the source of the scenario takes. */
  static final int LONGEST = 1 << 14;

  /** Shares from 0 are good; the handler throws for the first of these and hangs on the second. */
  static final int THROWS = 90;

  static final int HANGS = 91;

  private static final int DEPTH = 2000;

  final DeadLetterReason reason;

  Poison(DeadLetterReason reason) {
    this.reason = reason;
  }

  /** One of the kinds without a hang. */
  static Poison any(Random random) {
    return values()[random.nextInt(values().length - 1)];
  }

  /** The line of a tick, spoilt; the handler knows the last two kinds by their share. */
  byte[] of(Tick tick) {
    byte[] line = JsonTicks.write(tick);
    return switch (this) {
      case BAD_JSON -> Arrays.copyOf(line, line.length / 2);
      case DEEP -> "[".repeat(DEPTH).getBytes(StandardCharsets.UTF_8);
      case HUGE -> "x".repeat(LONGEST + 1).getBytes(StandardCharsets.UTF_8);
      case WRONG_TYPE ->
        new String(line, StandardCharsets.UTF_8)
            .replace("\"volume\":", "\"volume\":\"\",\"was\":")
            .getBytes(StandardCharsets.UTF_8);
      case HANDLER_THROWS, HANDLER_HANGS -> line;
    };
  }
}
