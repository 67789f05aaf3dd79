package io.qilin.ops.quota;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The strategies that are known: registered, at work, or counted not long ago. One that is none of these is forgotten when its place
 * is needed, so that names that nobody registered take a bounded room. Used under the lock of the pool.
 */
final class Strategies {
  private static final int LONGEST_NAME = 128;

  private final QuotaSettings settings;
  private final Map<String, StrategyState> states = new HashMap<>();

  Strategies(QuotaSettings settings) {
    this.settings = settings;
  }

  /** The strategy, with the default quota if nobody registered it; null if there is no room for it. */
  @Nullable
  StrategyState find(String name, long now) {
    StrategyState known = states.get(name);
    if (known != null) {
      return known;
    }
    check(name);
    if (states.size() >= settings.maxStrategies() && !forgetOne(now)) {
      return null;
    }
    StrategyState fresh =
        new StrategyState(name, settings.unregistered(), settings.permits(), settings.cores(), now);
    states.put(name, fresh);
    return fresh;
  }

  StrategyState findOrThrow(String name, long now) {
    StrategyState state = find(name, now);
    if (state == null) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "quotas are kept for " + settings.maxStrategies()
              + " strategies at most, and all are in use; raise maxStrategies");
    }
    return state;
  }

  @Nullable
  StrategyState known(String name) {
    return states.get(name);
  }

  List<StrategyState> sorted() {
    List<StrategyState> all = new ArrayList<>(states.values());
    all.sort(Comparator.comparing(state -> state.name));
    return all;
  }

  private boolean forgetOne(long now) {
    for (Iterator<StrategyState> each = states.values().iterator(); each.hasNext(); ) {
      if (each.next().forgettable(now)) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  private static void check(String name) {
    boolean odd = name.isBlank()
        || name.length() > LONGEST_NAME
        || !name.codePoints().allMatch(VisibleText::visible);
    if (odd) {
      throw QilinException.invalid("the name of a strategy has 1 to " + LONGEST_NAME
          + " characters and none that is hidden, was " + QilinException.quote(name));
    }
  }
}
