package io.qilin.data.stream;

import java.util.Arrays;

/**
 * What became of the running numbers of each key. The highest number and which of the 64 numbers up to it were seen are
 * kept, with the lowest, four long words a key. What comes more than 63 numbers late cannot be told from a repetition: it
 * counts as new, out of order, and still missing. A lower number with an event later than that of the highest, by more than the lateness, is
 * a sender that has begun anew; so is the first number after a longer break of trading, and one more than a billion ahead.
 */
final class SequenceTracker {
  private static final int WIDTH = 4;
  private static final int HIGHEST = 0;
  private static final int SEEN = 1;
  private static final int TIME = 2;
  private static final int LOWEST = 3;
  private static final int MEMORY = 64;

  /** Between the afternoon of one day and the morning of the next; lunch is shorter. */
  private static final long NEW_DAY = 6 * 3600 * 1_000_000_000L;

  /** A jump of more is another beginning. */
  private static final long FARTHEST = 1_000_000_000L;

  private final long lateness;
  private long[] state = new long[0];
  private long missing;
  private long repeated;
  private long outOfOrder;
  private long restarts;

  /** How many numbers the last call found missing; negative if it brought one that was missing. */
  private long gap;

  /** Whether the missing ones lie just below the number. */
  private boolean forward;

  SequenceTracker(long lateness) {
    this.lateness = lateness;
  }

  /**
   * Takes a number.
   *
   * @return false if it was seen before
   */
  boolean see(int key, long number, long time) {
    gap = 0;
    forward = true;
    if (number < 0) {
      return true;
    }
    int at = key * WIDTH;
    if (at >= state.length) {
      grow(key);
    }
    long ahead = number - state[at + HIGHEST];
    if (state[at + SEEN] == 0 || begunAnew(at, ahead, time)) {
      begin(at, number, time);
      return true;
    }
    return ahead > 0 ? forward(at, number, ahead, time) : backward(at, -ahead);
  }

  private boolean begunAnew(int at, long ahead, long time) {
    long later = time - state[at + TIME];
    boolean anew = later > NEW_DAY || ahead > FARTHEST || (ahead < 0 && later > lateness);
    if (anew && later <= NEW_DAY) {
      restarts++;
    }
    return anew;
  }

  private void begin(int at, long number, long time) {
    state[at + HIGHEST] = number;
    state[at + LOWEST] = number;
    state[at + SEEN] = 1;
    state[at + TIME] = time;
  }

  private boolean forward(int at, long number, long ahead, long time) {
    gap = ahead - 1;
    missing += gap;
    state[at + HIGHEST] = number;
    state[at + SEEN] = ahead < MEMORY ? state[at + SEEN] << ahead | 1 : 1;
    state[at + TIME] = Math.max(state[at + TIME], time);
    return true;
  }

  private boolean backward(int at, long behind) {
    forward = false;
    long bit = behind < MEMORY ? 1L << behind : 0;
    if ((state[at + SEEN] & bit) != 0) {
      repeated++;
      return false;
    }
    outOfOrder++;
    state[at + SEEN] |= bit;
    long number = state[at + HIGHEST] - behind;
    long below = state[at + LOWEST] - number;
    if (below > 0) {
      gap = below - 1;
      missing += gap;
      state[at + LOWEST] = number;
    } else if (bit != 0) {
      gap = -1;
      missing--;
    }
    return true;
  }

  long gap() {
    return gap;
  }

  boolean forward() {
    return forward;
  }

  long missing() {
    return missing;
  }

  long repeated() {
    return repeated;
  }

  long outOfOrder() {
    return outOfOrder;
  }

  long restarts() {
    return restarts;
  }

  private void grow(int key) {
    int wanted = Math.max(64, Integer.highestOneBit(key) * 2);
    state = Arrays.copyOf(state, wanted * WIDTH);
  }

  /** Writes what it knows of the first keys. */
  void save(CheckpointWriter out, int keys) {
    out.int64(missing);
    out.int64(repeated);
    out.int64(outOfOrder);
    out.int64(restarts);
    for (int at = 0; at < keys * WIDTH; at++) {
      out.int64(at < state.length ? state[at] : 0);
    }
  }

  void load(CheckpointReader in, int keys) {
    missing = in.count("count of missing numbers");
    repeated = in.count("count of repeated numbers");
    outOfOrder = in.count("count of numbers out of order");
    restarts = in.count("count of restarts");
    if (keys > 0) {
      grow(keys - 1);
    }
    for (int at = 0; at < keys * WIDTH; at += WIDTH) {
      state[at + HIGHEST] = in.count("highest number");
      state[at + SEEN] = in.int64("numbers seen");
      state[at + TIME] = in.int64("time of the highest number");
      state[at + LOWEST] = in.int64("lowest number", 0, state[at + HIGHEST]);
      boolean begun = state[at + SEEN] != 0;
      if (begun && (state[at + SEEN] & 1) == 0) {
        throw in.wrong("numbers seen", "with the highest", state[at + SEEN]);
      }
    }
  }
}
