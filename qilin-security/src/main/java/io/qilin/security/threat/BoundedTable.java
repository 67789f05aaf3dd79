package io.qilin.security.threat;

import java.util.LinkedHashMap;
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

  private final Stripe<V>[] stripes;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of one generic type, never seen outside
  BoundedTable(int mostKeys) {
    int most = Math.max(1, mostKeys / STRIPES);
    stripes = new Stripe[STRIPES];
    for (int k = 0; k < STRIPES; k++) {
      stripes[k] = new Stripe<>(most);
    }
  }

  private static final class Stripe<V> {
    private final Map<String, V> values;

    private Stripe(int most) {
      this.values = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
          return size() > most;
        }
      };
    }
  }

  @Nullable
  V get(String key) {
    Stripe<V> stripe = stripe(key);
    synchronized (stripe) {
      return stripe.values.get(key);
    }
  }

  /**
   * Replaces the value of a key.
   *
   * @param change from the old value, or null, to the new one; null removes the key
   */
  void update(String key, UnaryOperator<@Nullable V> change) {
    Stripe<V> stripe = stripe(key);
    synchronized (stripe) {
      V made = change.apply(stripe.values.get(key));
      if (made == null) {
        stripe.values.remove(key);
      } else {
        stripe.values.put(key, made);
      }
    }
  }

  int size() {
    int sum = 0;
    for (Stripe<V> stripe : stripes) {
      synchronized (stripe) {
        sum += stripe.values.size();
      }
    }
    return sum;
  }

  private Stripe<V> stripe(String key) {
    int hash = key.hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }
}
