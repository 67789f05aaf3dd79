package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a configuration into a record: files in YAML, JSON or properties, the environment and overrides, laid over each other in the
 * order in which they were named.
 *
 * <p>A later layer wins, setting by setting; a list of a file is replaced as a whole. The component {@code maxPositions} is the key
 * {@code max-positions}, and {@code default_} is {@code default}. Every component must be set, but for an {@code Optional} and one with a {@link ConfigDefault}; every key
 * must be known. All that is wrong is told at once, up to 50 problems, each on a line with file, line and column. Nothing is read
 * from a text but its value: <code>${other.path}</code> is not replaced, and no name in a file chooses what is made.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ConfigLoader<T> {
  private final Class<T> type;
  private final RecordShape shape;
  private final List<Layer> layers;
  private final List<String> profiles;
  private final SecretRule secrets;
  private final ConfigLimits limits;

  private ConfigLoader(Builder<T> builder) {
    this.type = builder.type;
    this.shape = builder.shape;
    this.layers = List.copyOf(builder.layers);
    this.profiles = List.copyOf(builder.profiles);
    this.secrets = new SecretRule(builder.secrets, builder.plainSecrets);
    this.limits = builder.limits;
  }

  /**
   * A loader of a record, so far without layers.
   *
   * @param recordType a record of records, String, boolean, int, long, double, BigDecimal, Duration, {@link DataSize}, LocalDate,
   *     LocalTime, ZoneId, URI, Path, enums, {@link io.qilin.api.secret.Secret}, public types with a public {@code static
   *     parse(String)}, and Optional, List and {@code Map<String, …>} of these; in a named module its package is open to {@code
   *     io.qilin.ops}
   * @throws QilinException INVALID_ARGUMENT if a component has another type, or a default that it cannot have
   */
  public static <T> Builder<T> builder(Class<T> recordType) {
    return new Builder<>(Objects.requireNonNull(recordType, "recordType"));
  }

  /**
   * Reads all layers anew; it keeps nothing of an earlier reading.
   *
   * @throws QilinException INVALID_CONFIGURATION with all that is wrong
   */
  public Loaded<T> load() {
    return new Loading(shape, profiles, secrets, limits).run(layers, type);
  }

  /** Names the layers; the order of the calls is the order of the layers. Not safe for use by several threads. */
  public static final class Builder<T> {
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    private final Class<T> type;
    private final RecordShape shape;
    private final List<Layer> layers = new ArrayList<>();
    private final List<String> profiles = new ArrayList<>();
    private Optional<SecretReader> secrets = Optional.empty();
    private boolean plainSecrets;
    private ConfigLimits limits = ConfigLimits.DEFAULT;

    private Builder(Class<T> type) {
      this.type = type;
      this.shape = RecordShape.of(type);
    }

    /**
     * A file, which must be there when it is read.
     *
     * @param file its name ends in {@code .yaml}, {@code .yml}, {@code .json} or {@code .properties}
     */
    public Builder<T> file(Path file) {
      return file(file, false);
    }

    /** A file as {@link #file(Path)}, which may be absent. */
    public Builder<T> optionalFile(Path file) {
      return file(file, true);
    }

    private Builder<T> file(Path file, boolean optional) {
      Objects.requireNonNull(file, "file");
      if (FormatReader.of(String.valueOf(file.getFileName())).isEmpty()) {
        throw QilinException.invalid(
            "a configuration's file ends in .yaml, .yml, .json or .properties, not "
                + QilinException.quote(file.toString()));
      }
      layers.add(new Layer.OfFile(file.toAbsolutePath().normalize(), optional));
      return this;
    }

    /**
     * All files directly in a folder, which must be there, by name: those that {@link #file(Path)} takes and whose name does not begin
     * with a dot. Profiles do not count here. In a mounted ConfigMap all are of one generation.
     */
    public Builder<T> folder(Path folder) {
      Objects.requireNonNull(folder, "folder");
      layers.add(new Layer.OfFolder(folder.toAbsolutePath().normalize()));
      return this;
    }

    /**
     * A profile, none unless set: each file {@code app.yaml} is followed by {@code app-PROFILE.yaml} where that exists. May be called for
     * several, which follow in this order.
     *
     * @param name letters, digits, dots, dashes and low lines, at most 64
     */
    public Builder<T> profile(String name) {
      Objects.requireNonNull(name, "name");
      if (!PROFILE.matcher(name).matches()) {
        throw QilinException.invalid(
            "a profile has 1 to 64 letters, digits and '._-', not " + QilinException.quote(name));
      }
      profiles.add(name);
      return this;
    }

    /**
     * Names of the environment that begin with a prefix; the others are passed over.
     *
     * <p>After the prefix stand the names of the components down to the setting, joined by {@code _}; a dash in a name is {@code __}, or
     * {@code _}, or left out, where only one setting can be meant. An item of a list is named by its index from 0: it changes the item that
     * a layer before has, or adds the next. A key of a map is in lower case here. {@code []} empties a list and <code>{}</code> a map. So
     * {@code QILIN_LLM_PROVIDERS_0_API__KEY} is {@code llm.providers[0].api-key}. A name that means no setting is refused.
     *
     * @param variables for example {@code System.getenv()}; copied
     * @param prefix capital letters, digits and low lines, for example {@code QILIN_}
     */
    public Builder<T> environment(Map<String, String> variables, String prefix) {
      Objects.requireNonNull(variables, "variables");
      Objects.requireNonNull(prefix, "prefix");
      if (!PREFIX.matcher(prefix).matches()) {
        throw QilinException.invalid(
            "a prefix has 1 to 64 capital letters, digits and low lines, such as QILIN_, not "
                + QilinException.quote(prefix));
      }
      Map<String, String> named = new TreeMap<>();
      variables.forEach((name, text) -> {
        if (name.toUpperCase(Locale.ROOT).startsWith(prefix)) {
          named.put(name, Objects.requireNonNull(text, name));
        }
      });
      layers.add(new Layer.OfEnvironment(named, prefix));
      return this;
    }

    /**
     * Values by path, for example {@code llm.providers[0].model}; an index as in {@link #environment}.
     *
     * @param values copied; a name with other characters than letters, digits, {@code -} and {@code _} is written {@code
     *     prices["600519.SH"]}
     */
    public Builder<T> overrides(Map<String, String> values) {
      Objects.requireNonNull(values, "values")
          .forEach((path, text) -> Objects.requireNonNull(text, path));
      layers.add(new Layer.OfPaths(new TreeMap<>(values)));
      return this;
    }

    /** Opens sealed texts; unless set, they are refused. */
    public Builder<T> secrets(SecretReader reader) {
      secrets = Optional.of(Objects.requireNonNull(reader, "reader"));
      return this;
    }

    /** Allows secrets as plain text, for tests and for hosts whose files and environment are kept like secrets; refused unless set. */
    public Builder<T> plainSecrets() {
      plainSecrets = true;
      return this;
    }

    /** How much may be read; {@link ConfigLimits#DEFAULT} unless set. */
    public Builder<T> limits(ConfigLimits most) {
      limits = Objects.requireNonNull(most, "most");
      return this;
    }

    /** The loader. */
    public ConfigLoader<T> build() {
      return new ConfigLoader<>(this);
    }
  }
}
