/* CVODE with a sparse analytic Jacobian (KLU), doses and daily rules: what an expert would write by hand.
   Generated code before this file defines STATES, NONZEROS, FIRST_INPUT, rates, jacobian, look_at, rows, columns. */
#include <cvodes/cvodes.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <string.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>

#define NEAR 1e-9
#define MOST_RULES 16

static SUNContext context;
static void *memory;
static N_Vector state, tolerance;
static SUNMatrix matrix;
static SUNLinearSolver solver;
static int restarted;

static int right_side(sunrealtype t, N_Vector y, N_Vector dy, void *q) {
    rates(t, N_VGetArrayPointer(y), (const double *)q, N_VGetArrayPointer(dy));
    return 0;
}

static int slopes(sunrealtype t, N_Vector y, N_Vector dy, SUNMatrix j, void *q, N_Vector a, N_Vector b, N_Vector c) {
    (void)dy, (void)a, (void)b, (void)c;
    memcpy(SM_INDEXPTRS_S(j), columns, sizeof columns);
    memcpy(SM_INDEXVALS_S(j), rows, sizeof rows);
    jacobian(t, N_VGetArrayPointer(y), (const double *)q, SM_DATA_S(j));
    return 0;
}

int begin(void) {
    if (SUNContext_Create(SUN_COMM_NULL, &context)) return -1;
    SUNContext_ClearErrHandlers(context);
    state = N_VNew_Serial(STATES, context);
    tolerance = N_VNew_Serial(STATES, context);
    matrix = SUNSparseMatrix(STATES, STATES, NONZEROS, CSC_MAT, context);
    solver = SUNLinSol_KLU(state, matrix, context);
    memory = CVodeCreate(CV_BDF, context);
    N_VConst(0.0, state);
    N_VConst(1.0, tolerance);
    if (CVodeInit(memory, right_side, 0.0, state) || CVodeSVtolerances(memory, 1e-4, tolerance)) return -2;
    if (CVodeSetLinearSolver(memory, solver, matrix) || CVodeSetJacFn(memory, slopes)) return -3;
    CVodeSetMaxNumSteps(memory, 100000);
    return 0;
}

static int holds(double relation, double value, double limit) {
    if (relation == 0) return value < limit;
    if (relation == 1) return value <= limit;
    return relation == 2 ? value > limit : value >= limit;
}

typedef struct {
    int n_looks, n_rules, n_terms, n_gives;
    const double *looks, *rules, *terms, *gives; /* rows of 1, 3, 3, 5 */
} Plan;

/* Write what fires at t into the sorted events, mark it in `fires`, return the new number of events. */
static int look(const Plan *plan, double t, const double *y, const double *q, double *since, int *given,
                double (*events)[4], int count, int *fires) {
    double values[64];
    int ok[MOST_RULES];
    look_at(t, y, q, values);
    for (int k = 0; k < plan->n_rules; k++) ok[k] = 1, fires[k] = 0;
    for (int k = 0; k < plan->n_terms; k++) {
        const double *term = plan->terms + 3 * k;
        ok[(int)term[0]] &= holds(term[1], values[k], term[2]);
    }
    for (int k = 0; k < plan->n_rules; k++) {
        const double *rule = plan->rules + 3 * k;
        if (fabs(t - round(t / rule[0]) * rule[0]) > NEAR) continue;
        since[k] = ok[k] ? (isnan(since[k]) ? t : since[k]) : NAN;
        if (!ok[k] || t - since[k] < rule[1] - NEAR || given[k] >= rule[2]) continue;
        given[k]++, fires[k] = 1;
        for (int g = 0; g < plan->n_gives; g++) {
            const double *gift = plan->gives + 5 * g;
            if ((int)gift[0] != k) continue;
            int at = count++;
            for (; at > 0 && events[at - 1][0] > t + gift[1]; at--) memcpy(events[at], events[at - 1], 32);
            events[at][0] = t + gift[1];
            memcpy(events[at] + 1, gift + 2, 24);
        }
    }
    return count;
}

/* Go to time t; the integrator's own state is kept unless a dose came since. */
static int reach(double from, double t, const double *y, double stop) {
    double arrived;
    if (restarted) {
        memcpy(N_VGetArrayPointer(state), y, STATES * sizeof(double));
        if (CVodeReInit(memory, from, state)) return -1;
        restarted = 0;
    }
    if (CVodeSetStopTime(memory, stop)) return -1;
    return CVode(memory, t, state, &arrived, CV_NORMAL);
}

/* Follow a patient; q: parameters, hoisted terms, inputs. Return how often a rule fired, negative on failure. */
int follow(const double *y0, double *q, int n_times, const double *times, int count, double (*events)[4],
           const Plan *plan, double rtol, const double *atol, double *out, double (*fired)[2]) {
    double y[STATES], since[MOST_RULES], t = 0.0, end = times[n_times - 1];
    int given[MOST_RULES] = {0}, fires[MOST_RULES], done = 0, due = 0, k = 0, hits = 0;
    for (int r = 0; r < MOST_RULES; r++) since[r] = NAN;
    memcpy(y, y0, sizeof y);
    memcpy(N_VGetArrayPointer(tolerance), atol, sizeof y);
    CVodeSVtolerances(memory, rtol, tolerance);
    CVodeSetUserData(memory, q);
    restarted = 1;
    if (times[0] == 0.0) memcpy(out, y, sizeof y), k = 1;
    while (t < end - NEAR) {
        for (; done < count && events[done][0] <= t + NEAR; done++, restarted = 1) {
            int index = (int)events[done][2];
            *(events[done][1] == 0.0 ? &y[index] : &q[FIRST_INPUT + index]) += events[done][3];
        }
        while (plan->looks[due] <= t + NEAR) due++;
        double event = done < count ? events[done][0] : end;
        double stop = fmin(plan->looks[due], event);
        for (; k < n_times && times[k] <= stop + NEAR; k++) {
            if (reach(t, times[k], y, event) < 0) return -1;
            t = times[k];
            memcpy(out + (size_t)k * STATES, N_VGetArrayPointer(state), sizeof y);
        }
        if (t < stop - NEAR && reach(t, stop, y, event) < 0) return -1;
        t = stop;
        memcpy(y, N_VGetArrayPointer(state), sizeof y);
        if (plan->n_rules && fabs(plan->looks[due] - stop) < NEAR && stop < end) {
            count = look(plan, t, y, q, since, given, events, count, fires);
            for (int r = 0; r < plan->n_rules; r++)
                if (fires[r]) fired[hits][0] = t, fired[hits++][1] = r;
        }
    }
    return hits;
}
