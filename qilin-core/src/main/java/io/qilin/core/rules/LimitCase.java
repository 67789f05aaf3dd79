package io.qilin.core.rules;

import io.qilin.api.market.SecurityStatus;
import java.util.regex.Pattern;

/** What beside board and risk warning decides the daily price limit. */
public enum LimitCase {
  /** An ordinary share or fund. */
  ORDINARY,
  /**
   * A share whose company has not done the share-structure reform (S 股); 5 % on the main boards.
   */
  UNREFORMED,
  /** A fund that tracks an index of STAR or ChiNext shares; 20 %. */
  GROWTH_FUND;

  /** The name of a share without share-structure reform: S佳通, SST华塑, S*ST前锋. */
  private static final Pattern UNREFORMED_NAME = Pattern.compile("S(ST|\\*ST)?\\p{IsHan}.*");

  /**
   * What a status tells: {@link #UNREFORMED} for the name of an S-share, else {@link #ORDINARY}, as
   * nothing in the status of a fund says which index it tracks.
   */
  public static LimitCase of(SecurityStatus status) {
    return UNREFORMED_NAME.matcher(status.name()).matches() ? UNREFORMED : ORDINARY;
  }
}
