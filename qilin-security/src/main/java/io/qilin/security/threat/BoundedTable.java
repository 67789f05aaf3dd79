package io.qilin.security.threat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * State by a text key, at most so many keys. When it is full the key that was touched longest ago goes, out of the stripe that
 * the new key falls into: a flood of new keys costs old state, never memory. Thread-safe by a lock for each stripe.
 *
 * @param <V> an immutable value
 */
final class BoundedTable<V> {
  private static final int STRIPES = 16;

  /** In the order of touching, the oldest first. */
  private final List<Map<String, V>> stripes = new ArrayList<>(STRIPES);

  private final int mostOfStripe;

  BoundedTable(int mostKeys) {
    mostOfStripe = Math.max(1, mostKeys / STRIPES);
    for (int k = 0; k < STRIPES; k++) {
      stripes.add(new LinkedHashMap<>(16, 0.75f, true));
    }
  }

  @Nullable
  V get(String key) {
    Map<String, V> stripe = stripe(key);
    synchronized (stripe) {
      return stripe.get(key);
    }
  }

  /**
   * Replaces the value of a key.
   *
   * @param change from the old value, or null, to the new one; null removes the key
   */
  void update(String key, UnaryOperator<@Nullable V> change) {
    Map<String, V> stripe = stripe(key);
    synchronized (stripe) {
      V made = change.apply(stripe.get(key));
      if (made == null) {
        stripe.remove(key);
        return;
      }
      stripe.put(key, made);
      if (stripe.size() > mostOfStripe) {
        stripe.remove(stripe.keySet().iterator().next());
      }
    }
  }

  int size() {
    int sum = 0;
    for (Map<String, V> stripe : stripes) {
      synchronized (stripe) {
        sum += stripe.size();
      }
    }
    return sum;
  }

  private Map<String, V> stripe(String key) {
    int hash = key.hashCode();
    return stripes.get((hash ^ (hash >>> 16)) & (STRIPES - 1));
  }
}
