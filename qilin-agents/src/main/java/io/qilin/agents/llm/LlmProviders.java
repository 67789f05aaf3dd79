package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.plugin.Discovery;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * The providers of language models that are installed: Qilin's own, and those that an artifact names in {@code
 * META-INF/services/io.qilin.api.llm.LlmProvider}. In the order of their ids. One that cannot be loaded does not keep the others
 * from working: it is named in {@link #broken}. Immutable, and as safe to share as the providers are.
 */
public final class LlmProviders {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

  private final NavigableMap<String, LlmProvider> byId;
  private final List<String> broken;

  /** A provider and the name that it gave itself. */
  private record Entry(String id, LlmProvider provider) {}

  private LlmProviders(NavigableMap<String, LlmProvider> byId, List<String> broken) {
    this.byId = byId;
    this.broken = broken;
  }

  /**
   * Finds the providers that the class path or module path of the calling thread offers.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static LlmProviders discover() {
    return from(Discovery.of(ServiceLoader.load(LlmProvider.class), LlmProviders::ask));
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
  public static LlmProviders discover(ClassLoader loader, Duration each, Executor executor) {
    return from(Discovery.of(
        ServiceLoader.load(LlmProvider.class, Objects.requireNonNull(loader, "loader")),
        LlmProviders::ask,
        each,
        executor));
  }

  /**
   * Takes providers that the caller made.
   *
   * @throws QilinException PROVIDER if two have one id
   */
  public static LlmProviders of(Collection<? extends LlmProvider> providers) {
    return from(Discovery.of(providers, LlmProviders::ask));
  }

  private static LlmProviders from(Discovery<Entry> discovery) {
    NavigableMap<String, LlmProvider> byId = new TreeMap<>();
    for (Entry entry : discovery.found()) {
      LlmProvider other = byId.putIfAbsent(entry.id(), entry.provider());
      if (other != null) {
        throw new QilinException(
            ErrorCode.PROVIDER,
            "two providers of language models have the id " + QilinException.quote(entry.id())
                + ": "
                + other.getClass().getName() + " and "
                + entry.provider().getClass().getName()
                + "; remove one of them from the class path");
      }
    }
    return new LlmProviders(byId, discovery.broken());
  }

  private static Entry ask(LlmProvider provider) {
    String id = provider.id();
    if (!ID.matcher(id).matches()) {
      throw QilinException.invalid(
          "an id is 1 to 32 of a-z 0-9 -, was " + QilinException.quote(id));
    }
    return new Entry(id, provider);
  }

  /** The ids, ascending. */
  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /** The providers, in the order of their ids. */
  public Collection<LlmProvider> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** What could not be loaded: the class and why, one line each. */
  public List<String> broken() {
    return broken;
  }

  /**
   * The provider of that id.
   *
   * @throws QilinException PROVIDER with the ids that are known, and what is broken
   */
  public LlmProvider get(String id) {
    LlmProvider found = byId.get(Objects.requireNonNull(id, "id"));
    if (found == null) {
      throw new QilinException(
          ErrorCode.PROVIDER,
          "no provider of language models has the id " + QilinException.quote(id) + "; known are "
              + String.join(", ", byId.keySet())
              + (broken.isEmpty() ? "" : "; not usable: " + String.join("; ", broken)));
    }
    return found;
  }
}
