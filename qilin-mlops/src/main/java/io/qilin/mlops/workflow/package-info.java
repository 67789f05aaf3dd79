/**
 * From factors to a model that was judged by what it would have brought, in one call. Start at {@link
 * io.qilin.mlops.workflow.ModelWorkflow}.
 */
@NullMarked
package io.qilin.mlops.workflow;

import org.jspecify.annotations.NullMarked;
