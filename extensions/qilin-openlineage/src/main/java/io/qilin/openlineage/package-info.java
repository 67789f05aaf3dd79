/**
 * Sends lineage to servers of OpenLineage by its own client: start with {@link io.qilin.openlineage.LineageSender}.
 */
@NullMarked
package io.qilin.openlineage;

import org.jspecify.annotations.NullMarked;
