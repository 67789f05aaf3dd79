package io.qilin.data.source;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The providers of market data that are installed, by priority, then id.
 *
 * <p>A provider that cannot be loaded does not keep the others from working: it is named in {@link
 * #broken}, and in the error of a request that no other provider answers. Immutable and safe to
 * share, as far as the providers are.
 */
public final class MarketDataProviders {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

  /** More unreadable entries than any class path has: a loader that never ends is left. */
  private static final int MOST_FAILURES = 1000;

  private static final int LONGEST_REASON = 300;

  private final List<Entry> entries;
  private final List<String> broken;

  /** What a provider said about itself when it was found. */
  private record Entry(
      String id, int priority, Set<DataCapability> capabilities, MarketDataProvider provider) {
    String className() {
      return provider.getClass().getName();
    }
  }

  private MarketDataProviders(List<Entry> entries, List<String> broken) {
    this.entries = List.copyOf(entries);
    this.broken = List.copyOf(broken);
  }

  /**
   * Finds the providers that the class path or module path of the calling thread offers.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static MarketDataProviders discover() {
    return from(ServiceLoader.load(MarketDataProvider.class));
  }

  /**
   * Finds the providers that a class loader offers.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static MarketDataProviders discover(ClassLoader loader) {
    return from(ServiceLoader.load(MarketDataProvider.class, loader));
  }

  /**
   * Takes providers that the caller made.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static MarketDataProviders of(List<? extends MarketDataProvider> providers) {
    Discovery discovery = new Discovery();
    for (MarketDataProvider provider : providers) {
      discovery.add(Objects.requireNonNull(provider, "provider"));
    }
    return discovery.end();
  }

  private static MarketDataProviders from(ServiceLoader<MarketDataProvider> loader) {
    Discovery discovery = new Discovery();
    Spliterator<ServiceLoader.Provider<MarketDataProvider>> found =
        loader.stream().spliterator();
    for (boolean more = true; more && discovery.broken.size() < MOST_FAILURES; ) {
      try {
        more = found.tryAdvance(discovery::load);
      } catch (ServiceConfigurationError e) {
        discovery.broken.add(Discovery.oneLine(String.valueOf(e.getMessage())));
      } catch (LinkageError e) {
        // The loader does not wrap what a damaged class, or one whose parent is missing, throws.
        discovery.broken.add(
            Discovery.oneLine(e.getClass().getSimpleName() + ": " + e.getMessage()));
      }
    }
    return discovery.end();
  }

  /** The ids, in the order of priority. */
  public List<String> ids() {
    return entries.stream().map(Entry::id).toList();
  }

  /** The providers, in the order of priority. */
  public List<MarketDataProvider> all() {
    return entries.stream().map(Entry::provider).toList();
  }

  /** What could not be loaded: the class and why, one line each. */
  public List<String> broken() {
    return broken;
  }

  /**
   * The provider of that id.
   *
   * @throws QilinException PROVIDER with the ids that are known, and the providers that are broken
   */
  public MarketDataProvider get(String id) {
    Objects.requireNonNull(id, "id");
    for (Entry entry : entries) {
      if (entry.id().equals(id)) {
        return entry.provider();
      }
    }
    throw new QilinException(
        ErrorCode.PROVIDER,
        "no provider of market data has the id " + QilinException.quote(id) + "; " + there());
  }

  /**
   * The provider of the highest priority that serves all that is wanted; of several the one with
   * the smallest id.
   *
   * @throws QilinException PROVIDER if none does, with what each serves
   */
  public MarketDataProvider best(Set<DataCapability> wanted) {
    for (Entry entry : entries) {
      if (entry.capabilities().containsAll(wanted)) {
        return entry.provider();
      }
    }
    throw new QilinException(
        ErrorCode.PROVIDER,
        "no provider of market data serves " + new TreeSet<>(wanted) + "; " + there());
  }

  private String there() {
    String known = entries.isEmpty()
        ? "none is installed"
        : "known are "
            + String.join(
                ", ",
                entries.stream()
                    .map(e -> e.id() + " " + e.capabilities())
                    .sorted()
                    .toList());
    return known + (broken.isEmpty() ? "" : "; not usable: " + String.join("; ", broken));
  }

  /** Asks each provider once who it is, so that a bad answer is met here and nowhere else. */
  private static final class Discovery {
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private void load(ServiceLoader.Provider<MarketDataProvider> found) {
      MarketDataProvider provider;
      try {
        provider = found.get();
      } catch (ServiceConfigurationError e) {
        fail(found.type(), e.getCause() == null ? e : e.getCause());
        return;
      }
      add(provider);
    }

    private void add(MarketDataProvider provider) {
      Entry entry;
      try {
        entry = ask(provider);
      } catch (RuntimeException | LinkageError e) {
        fail(provider.getClass(), e);
        return;
      }
      entries.add(entry);
    }

    private static Entry ask(MarketDataProvider provider) {
      String id = provider.id();
      if (!ID.matcher(id).matches()) {
        throw QilinException.invalid(
            "an id is 1 to 32 of a-z 0-9 -, was " + QilinException.quote(id));
      }
      Set<DataCapability> capabilities =
          java.util.Collections.unmodifiableSet(new TreeSet<>(provider.capabilities()));
      return new Entry(id, provider.priority(), capabilities, provider);
    }

    private void fail(Class<?> type, Throwable why) {
      String reason = why.getClass().getSimpleName() + ": " + why.getMessage();
      broken.add(type.getName() + " (" + oneLine(reason) + ")");
    }

    /** A message of somebody else's code, which may be long or have line ends. */
    private static String oneLine(String text) {
      String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
      return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }

    private MarketDataProviders end() {
      entries.sort(Comparator.comparing(Entry::priority).reversed().thenComparing(Entry::id));
      List<Entry> byId = new ArrayList<>(entries);
      byId.sort(Comparator.comparing(Entry::id).thenComparing(Entry::className));
      for (int i = 1; i < byId.size(); i++) {
        Entry entry = byId.get(i);
        Entry before = byId.get(i - 1);
        if (entry.id().equals(before.id())) {
          throw new QilinException(
              ErrorCode.PROVIDER,
              "two providers of market data have the id "
                  + QilinException.quote(entry.id())
                  + ": "
                  + before.className()
                  + " and "
                  + entry.className()
                  + "; remove one of them from the class path");
        }
      }
      return new MarketDataProviders(entries, broken);
    }
  }
}
