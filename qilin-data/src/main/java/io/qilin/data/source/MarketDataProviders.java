package io.qilin.data.source;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.plugin.Discovery;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
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
    return from(
        Discovery.of(ServiceLoader.load(MarketDataProvider.class), MarketDataProviders::ask));
  }

  /**
   * Finds the providers that a class loader offers.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static MarketDataProviders discover(ClassLoader loader) {
    return from(Discovery.of(
        ServiceLoader.load(MarketDataProvider.class, loader), MarketDataProviders::ask));
  }

  /**
   * Finds the providers that a class loader offers, and does not wait for one that hangs: what has not said who it is in time is
   * {@link #broken}.
   *
   * @param loader where they are offered
   * @param each how long one provider may take, more than zero
   * @param executor where the providers are made and asked; one that hangs keeps its thread
   * @throws QilinException PROVIDER if two have one id; CANCELLED if the calling thread is interrupted
   */
  public static MarketDataProviders discover(ClassLoader loader, Duration each, Executor executor) {
    return from(Discovery.of(
        ServiceLoader.load(MarketDataProvider.class, loader),
        MarketDataProviders::ask,
        each,
        executor));
  }

  /**
   * Takes providers that the caller made.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static MarketDataProviders of(List<? extends MarketDataProvider> providers) {
    return from(Discovery.of(providers, MarketDataProviders::ask));
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

  private static Entry ask(MarketDataProvider provider) {
    String id = provider.id();
    if (!ID.matcher(id).matches()) {
      throw QilinException.invalid(
          "an id is 1 to 32 of a-z 0-9 -, was " + QilinException.quote(id));
    }
    Set<DataCapability> capabilities =
        Collections.unmodifiableSet(new TreeSet<>(provider.capabilities()));
    return new Entry(id, provider.priority(), capabilities, provider);
  }

  private static MarketDataProviders from(Discovery<Entry> discovery) {
    List<Entry> byId = new ArrayList<>(discovery.found());
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
    List<Entry> entries = new ArrayList<>(discovery.found());
    entries.sort(Comparator.comparing(Entry::priority).reversed().thenComparing(Entry::id));
    return new MarketDataProviders(entries, discovery.broken());
  }
}
