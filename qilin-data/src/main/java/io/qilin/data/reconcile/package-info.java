/** Holding two sources against each other: start with {@link io.qilin.data.reconcile.Reconciliation}. */
@NullMarked
package io.qilin.data.reconcile;

import org.jspecify.annotations.NullMarked;
