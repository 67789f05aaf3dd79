package io.qilin.restsource;

import io.qilin.api.secret.SecretProvider;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens a service that a file describes; its id is {@code rest}. The README of this module tells the settings; {@code spec}
 * (a file) or {@code preset} ({@code aktools} or {@code tushare}) must be given.
 */
public final class RestProvider implements MarketDataProvider {
  static final String ID = "rest";

  private final Optional<SecretProvider> secrets;

  /** For {@link java.util.ServiceLoader}. */
  public RestProvider() {
    this(Optional.empty());
  }

  private RestProvider(Optional<SecretProvider> secrets) {
    this.secrets = secrets;
  }

  /** A provider whose setting {@code secret} is the name of a secret that is kept there. */
  public static RestProvider withSecrets(SecretProvider keeper) {
    return new RestProvider(Optional.of(keeper));
  }

  @Override
  public String id() {
    return ID;
  }

  /** All kinds; a source serves those of its spec. */
  @Override
  public Set<DataCapability> capabilities() {
    return Set.copyOf(EnumSet.allOf(DataCapability.class));
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    RestSettings read = new RestSettings(settings, secrets, List.of("spec", "preset"));
    Optional<String> file = read.find("spec");
    Optional<String> preset = read.find("preset");
    if (file.isPresent() == preset.isPresent()) {
      throw RestSettings.wrong("give one of the settings spec, a file, and preset");
    }
    RestSpec spec = file.isPresent()
        ? RestSpec.load(read.path("spec", file.get()))
        : preset(preset.orElseThrow());
    return read.open(spec, ID);
  }

  private static RestSpec preset(String name) {
    return switch (name) {
      case "aktools" -> RestPresets.aktools();
      case "tushare" -> RestPresets.tushare();
      default -> throw RestSettings.wrong("the presets are aktools and tushare");
    };
  }
}
