package io.qilin.restsource;

import io.qilin.api.secret.SecretProvider;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens TuShare Pro; its id is {@code tushare}. The README of this module tells the settings; a token must be given. See
 * {@link RestPresets#tushare()} for what is known of the service.
 */
public final class TushareProvider implements MarketDataProvider {
  private static final String ID = "tushare";

  private static final Set<DataCapability> SERVED = Set.of(
      DataCapability.DAILY_BARS,
      DataCapability.SECURITIES,
      DataCapability.STATUS_NOTICES,
      DataCapability.MONEY_FLOWS,
      DataCapability.LHB_SEATS,
      DataCapability.FUNDAMENTALS,
      DataCapability.NEWS,
      DataCapability.CORPORATE_ACTIONS,
      DataCapability.MINUTE_BARS);

  private final Optional<SecretProvider> secrets;

  /** For {@link java.util.ServiceLoader}. */
  public TushareProvider() {
    this(Optional.empty());
  }

  private TushareProvider(Optional<SecretProvider> secrets) {
    this.secrets = secrets;
  }

  /** A provider whose setting {@code secret} is the name of a token that is kept there. */
  public static TushareProvider withSecrets(SecretProvider keeper) {
    return new TushareProvider(Optional.of(keeper));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Set<DataCapability> capabilities() {
    return SERVED;
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    return new RestSettings(settings, secrets, List.of()).open(RestPresets.tushare(), ID);
  }
}
