package io.qilin.data.demo;

import io.qilin.data.demo.DayShape.Kind;

/**
 * Whether a share is in a run of limit-ups or in a fall, and so what kind of day it will have. A run starts by chance,
 * more often in a sector that is a theme, goes on with probability 0.47 after each of the first sealed days and 0.3
 * from the fifth on, and ends with a broken board or an ordinary day.
 */
final class Mood {
  private static final double RUN_START = 0.0055;
  private static final double RUN_START_IN_THEME = 0.03;
  private static final double FALL_START = 0.0012;
  private static final double GOES_ON = 0.47;
  private static final double LONG_GOES_ON = 0.3;
  private static final int LONG = 5;
  private static final int SAGGING_DAYS = 6;
  private static final double SAG = 0.015;

  private final SeededRandom random;

  /** How often a limit is reached compared with a board of 10 %. */
  private final double scale;

  /** Days left on which the share sags after a run. */
  private int sagging;

  private boolean running;
  private boolean falling;
  private int streak;

  Mood(SeededRandom random, double scale) {
    this.random = random;
    this.scale = scale;
  }

  /** Puts the share on a run, as a new listing often is. */
  void startRun() {
    running = true;
    streak = 1;
  }

  /** What the next day with a price limit will be. */
  Kind next(boolean theme) {
    if (!running && !falling) {
      double draw = random.unit();
      double start = scale * (theme ? RUN_START_IN_THEME : RUN_START);
      running = draw < start;
      falling = draw > 1 - scale * FALL_START;
    }
    Kind kind = running ? nextOfRun() : falling ? nextOfFall() : Kind.ORDINARY;
    sagging = running ? SAGGING_DAYS : Math.max(0, sagging - 1);
    streak = kind == Kind.ORDINARY ? 0 : streak + 1;
    return kind;
  }

  /** What the end of a run takes from the return of each of the next days, a fraction. */
  double hangover() {
    return sagging > 0 && !running ? -SAG : 0;
  }

  private Kind nextOfRun() {
    double draw = random.unit();
    if (streak > 0 && draw > (streak < LONG ? GOES_ON : LONG_GOES_ON)) {
      running = false;
      return draw > 0.8 ? Kind.BROKEN : Kind.ORDINARY;
    }
    if (streak == 0 && draw > 0.72) {
      running = false;
      return Kind.BROKEN;
    }
    double form = random.unit();
    if (streak > 0 && form < 0.2) {
      return Kind.ONE_WORD;
    }
    return form < 0.3 ? Kind.T_BOARD : Kind.SEALED;
  }

  private Kind nextOfFall() {
    if (streak > 0 && random.unit() > GOES_ON) {
      falling = false;
      return Kind.ORDINARY;
    }
    return random.chance(streak > 0 ? 0.4 : 0.2) ? Kind.DOWN_ONE_WORD : Kind.DOWN_SEALED;
  }
}
