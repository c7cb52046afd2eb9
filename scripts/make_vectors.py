#!/usr/bin/python3
"""Writes tests/vectors/*.json: numbers from PyTorch in float64 that the tests compare lrtune with.

    /usr/bin/python3 scripts/make_vectors.py

needs PyTorch and numpy (Debian: python3-torch, python3-numpy). The files are committed, so that no test needs either.
Seeds are fixed: on one machine a second run writes the same bytes. Every file is one JSON object with `generator` and
`torch` (the version); doubles are written as their shortest decimal that reads back the same.

optimizers.json  `cases`: one optimizer configuration each.
    case, name        which; `name` is lrtune's
    settings          every parameter by lrtune's name; a boolean is 0 or 1
    learning_rates    [step]; the rate is changed before every step, so that the two momentum forms differ
    w0                [parameter] before the first step
    gradients         [step][parameter]; parameter 0's are all exactly 0, others now and then
    w                 [step][parameter] after the step
  Lion is not in PyTorch 1.13: computed here from Algorithm 2 of Chen et al., "Symbolic discovery of optimization
  algorithms" (2023). NAdam runs with foreach=True, because the single-tensor path of PyTorch 1.13.1 multiplies by mu_t
  once too often, and is checked here against the written formula.

plateau.json  `cases`: torch.optim.lr_scheduler.ReduceLROnPlateau, mode min, relative threshold.
    settings          factor, patience, threshold, cooldown, min_lr
    learning_rate     before the first loss
    losses, rates     [look]; rates[i] is the rate after losses[i] was shown

one_cycle.json  schedules that are functions of the update or epoch; `rates` always starts at update (epoch) 0.
    one_cycle         OneCycleLR, cosine, momentum not cycled: total, peak_at, div, final_div, learning_rate (the peak)
    exponential       ExponentialLR: gamma; rates per epoch
    step              StepLR: every_epochs, gamma; rates per epoch
    cosine            CosineAnnealingLR's closed form, one cycle: total, floor
    cosine_cycles     CosineAnnealingWarmRestarts with equal cycles: total, floor, cycles
    linear            LinearLR from 1 to `end` over `total`
    warmup            LinearLR from `start` to 1 over `total`, which is reached at rates[total]
    triangular        CyclicLR, mode triangular: total, cycles, floor
  learning_rate is the highest rate, `floor` and `end` are shares of it.

training.json  whole trainings of a 6-8-7-K network, batch 5, 30 steps; the same table and batches for all cases.
    features          [row][column]      labels [row], 0 to 3      targets [row][2]
    batches           [step][5], rows of the table
    cases             case, activation, loss, optimizer, settings, learning_rate, clip_norm (number or null)
      layers          per layer w0, w [fan_in][fan_out] and b0, b [fan_out]; 0: before training, without: after it
      losses          [step]: of the minibatch, before the update
      final_loss      over the whole table, after training
  cross_entropy has K = 4 and `labels`; mse has K = 2 and `targets`, mean over rows and outputs. leaky_relu's slope is
  .01, gelu is the exact erf form. clip_norm is torch.nn.utils.clip_grad_norm_, which scales by
  min(1, clip_norm / (norm + 1e-6)) with the norm over all weights and biases. Features, targets, initial weights and
  rates are exact in float too, so a float engine starts from the same numbers. No ReLU is met within 1e-6 of its kink.

curvature.json  the Hessian of the loss over the whole table, at the initial weights of training.json; the same table.
    features, labels, targets
    cases             activation, loss
      parameters      [parameter], layer by layer: weights [fan_in][fan_out], then biases
      direction       [parameter]; product: the Hessian times it
      largest         eigenvalue of the Hessian; smallest: likewise
"""

import json
import math
import pathlib
import warnings

import numpy
import torch

warnings.filterwarnings("ignore", category=UserWarning)  # schedulers complain when no optimizer stepped
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "vectors"


def compact(value):
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def write(name, content):
    """One line per key, one per element where the value is a list of records."""
    lines = []
    for key, value in {"generator": "scripts/make_vectors.py", "torch": torch.__version__, **content}.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            text = "[\n" + ",\n".join(compact(record) for record in value) + "\n]"
        else:
            text = compact(value)
        lines.append(f"{compact(key)}:{text}")
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    json.loads(text)
    assert len(text) < 300_000, (name, len(text))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(text)
    print(f"{FOLDER / name}: {len(text)} bytes")


# ---------------------------------------------------------------------------------------------------- optimizers.json

PARAMETERS, STEPS = 24, 10


def short(values, digits):
    """Decimals with few significant digits, which keep the file small."""
    return [float(f"{value:.{digits}g}") for value in values]


def magnitudes(rng, low, high, size):
    """Either sign, log-uniform between low and high."""
    return 10 ** rng.uniform(math.log10(low), math.log10(high), size) * rng.choice([-1.0, 1.0], size)


def adam_settings(beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0, **more):
    return {"beta1": beta1, "beta2": beta2, "eps": eps, **more, "weight_decay": weight_decay}


def momentum_settings(momentum=0.9, dampening=0, weight_decay=0):
    return {"momentum": momentum, "dampening": dampening, "weight_decay": weight_decay}


def nesterov_settings(momentum=0.9, weight_decay=0):
    return {"momentum": momentum, "weight_decay": weight_decay}


def adagrad_settings(lr_decay=0, initial_accumulator=0, eps=1e-10, weight_decay=0):
    return {"lr_decay": lr_decay, "initial_accumulator": initial_accumulator, "eps": eps, "weight_decay": weight_decay}


def adadelta_settings(rho=0.9, eps=1e-6, weight_decay=0):
    return {"rho": rho, "eps": eps, "weight_decay": weight_decay}


def rmsprop_settings(alpha=0.99, eps=1e-8, centered=0, momentum=0, weight_decay=0):
    return {"alpha": alpha, "eps": eps, "centered": centered, "momentum": momentum, "weight_decay": weight_decay}


def lion_settings(beta1=0.9, beta2=0.99, weight_decay=0):
    return {"beta1": beta1, "beta2": beta2, "weight_decay": weight_decay}


def nadam_settings(momentum_decay=0.004, **more):
    return adam_settings(momentum_decay=momentum_decay, **more)


# case, name, typical rate, settings
OPTIMIZERS = [
    ("sgd", "sgd", 0.05, {"weight_decay": 0}),
    ("sgd weight_decay", "sgd", 0.05, {"weight_decay": 0.1}),
    ("momentum .5", "momentum", 0.05, momentum_settings(0.5)),
    ("momentum .9", "momentum", 0.05, momentum_settings()),
    ("momentum .99", "momentum", 0.05, momentum_settings(0.99)),
    ("momentum dampening", "momentum", 0.05, momentum_settings(dampening=0.3)),
    ("momentum weight_decay", "momentum", 0.05, momentum_settings(weight_decay=0.1)),
    ("nesterov", "nesterov", 0.05, nesterov_settings()),
    ("nesterov weight_decay", "nesterov", 0.05, nesterov_settings(weight_decay=0.1)),
    ("adagrad", "adagrad", 0.05, adagrad_settings()),
    ("adagrad lr_decay", "adagrad", 0.05, adagrad_settings(lr_decay=0.05)),
    ("adagrad initial_accumulator", "adagrad", 0.05, adagrad_settings(initial_accumulator=0.1)),
    ("adagrad weight_decay", "adagrad", 0.05, adagrad_settings(weight_decay=0.1)),
    ("adadelta", "adadelta", 1.0, adadelta_settings()),
    ("adadelta weight_decay", "adadelta", 1.0, adadelta_settings(weight_decay=0.1)),
    ("rmsprop", "rmsprop", 0.01, rmsprop_settings()),
    ("rmsprop centered", "rmsprop", 0.01, rmsprop_settings(centered=1)),
    ("rmsprop momentum", "rmsprop", 0.01, rmsprop_settings(momentum=0.9)),
    ("rmsprop centered momentum", "rmsprop", 0.01, rmsprop_settings(centered=1, momentum=0.9)),
    ("rmsprop weight_decay", "rmsprop", 0.01, rmsprop_settings(weight_decay=0.1)),
    ("adam", "adam", 0.01, adam_settings()),
    ("adam weight_decay", "adam", 0.01, adam_settings(weight_decay=0.1)),
    ("adam large eps", "adam", 0.01, adam_settings(beta1=0.8, beta2=0.95, eps=1e-2)),
    ("amsgrad", "amsgrad", 0.01, adam_settings()),
    ("amsgrad weight_decay", "amsgrad", 0.01, adam_settings(beta2=0.9, weight_decay=0.1)),
    ("adamw", "adamw", 0.01, adam_settings(weight_decay=0.01)),
    ("adamw no weight_decay", "adamw", 0.01, adam_settings()),
    ("nadam", "nadam", 0.01, nadam_settings()),
    ("nadam weight_decay", "nadam", 0.01, nadam_settings(momentum_decay=0.1, weight_decay=0.1)),
    ("radam", "radam", 0.01, adam_settings()),
    ("radam beta2 .9", "radam", 0.01, adam_settings(beta2=0.9)),
    ("radam weight_decay", "radam", 0.01, adam_settings(beta2=0.9, weight_decay=0.1)),
    ("adamax", "adamax", 0.01, adam_settings()),
    ("adamax weight_decay", "adamax", 0.01, adam_settings(beta2=0.9, weight_decay=0.1)),
    ("lion", "lion", 0.01, lion_settings()),
    ("lion weight_decay", "lion", 0.01, lion_settings(weight_decay=0.1)),
]


class Lion(torch.optim.Optimizer):
    """Chen et al. (2023), Algorithm 2."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for w in group["params"]:
                m = self.state[w].setdefault("m", torch.zeros_like(w))
                mix = beta1 * m + (1 - beta1) * w.grad
                # A sign decided by rounding would be no reference.
                assert torch.all((mix.abs() > 1e-9) | ((m == 0) & (w.grad == 0)))
                w.mul_(1 - group["lr"] * group["weight_decay"])
                w.sub_(group["lr"] * torch.sign(mix))
                m.copy_(beta2 * m + (1 - beta2) * w.grad)


def make_optimizer(name, w, lr, s):
    """PyTorch's optimizer for lrtune's name and settings."""
    decay = s["weight_decay"]
    if name == "sgd":
        return torch.optim.SGD(w, lr=lr, weight_decay=decay)
    if name == "momentum":
        return torch.optim.SGD(w, lr=lr, momentum=s["momentum"], dampening=s["dampening"], weight_decay=decay)
    if name == "nesterov":
        return torch.optim.SGD(w, lr=lr, momentum=s["momentum"], nesterov=True, weight_decay=decay)
    if name == "adagrad":
        return torch.optim.Adagrad(w, lr=lr, lr_decay=s["lr_decay"], eps=s["eps"], weight_decay=decay,
                                   initial_accumulator_value=s["initial_accumulator"])
    if name == "adadelta":
        return torch.optim.Adadelta(w, lr=lr, rho=s["rho"], eps=s["eps"], weight_decay=decay)
    if name == "rmsprop":
        return torch.optim.RMSprop(w, lr=lr, alpha=s["alpha"], eps=s["eps"], weight_decay=decay,
                                   momentum=s["momentum"], centered=bool(s["centered"]))
    betas = (s["beta1"], s["beta2"])
    if name == "lion":
        return Lion(w, lr=lr, betas=betas, weight_decay=decay)
    common = {"lr": lr, "betas": betas, "eps": s["eps"], "weight_decay": decay}
    if name == "nadam":
        return torch.optim.NAdam(w, momentum_decay=s["momentum_decay"], foreach=True, **common)
    if name == "amsgrad":
        return torch.optim.Adam(w, amsgrad=True, **common)
    classes = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "radam": torch.optim.RAdam,
               "adamax": torch.optim.Adamax}
    return classes[name](w, **common)


def nadam_formula(record):
    """NAdam as lrtune writes it, independent of PyTorch's code; returns [step][parameter]."""
    s = record["settings"]
    w = numpy.array(record["w0"])
    m, v, product, path = numpy.zeros_like(w), numpy.zeros_like(w), 1.0, []
    for t, (lr, g) in enumerate(zip(record["learning_rates"], record["gradients"]), start=1):
        g = numpy.array(g) + s["weight_decay"] * w
        mu, mu_next = (s["beta1"] * (1 - 0.5 * 0.96 ** (step * s["momentum_decay"])) for step in (t, t + 1))
        product *= mu
        m = s["beta1"] * m + (1 - s["beta1"]) * g
        v = s["beta2"] * v + (1 - s["beta2"]) * g * g
        denominator = numpy.sqrt(v / (1 - s["beta2"] ** t)) + s["eps"]
        w = w - lr * ((1 - mu) * g / (1 - product) + mu_next * m / (1 - product * mu_next)) / denominator
        path.append(w)
    return path


def optimizer_record(index, case, name, rate, settings):
    rng = numpy.random.default_rng([1, index])
    w0 = magnitudes(rng, 1e-3, 10, PARAMETERS)
    gradients = magnitudes(rng, 1e-4, 10, (STEPS, PARAMETERS))
    gradients[:, 0] = 0
    gradients[rng.uniform(size=gradients.shape) < 0.08] = 0
    record = {"case": case, "name": name, "settings": settings,
              "learning_rates": short(rate * rng.uniform(0.3, 2, STEPS), 3), "w0": short(w0, 3),
              "gradients": [short(row, 3) for row in gradients], "w": []}
    w = torch.tensor(record["w0"], requires_grad=True)
    optimizer = make_optimizer(name, [w], rate, settings)
    for lr, gradient in zip(record["learning_rates"], record["gradients"]):
        optimizer.param_groups[0]["lr"] = lr
        w.grad = torch.tensor(gradient)
        optimizer.step()
        record["w"].append(w.detach().tolist())
    if name == "nadam":
        assert numpy.allclose(nadam_formula(record), record["w"], rtol=1e-13, atol=1e-14), case
    return record


def optimizers():
    write("optimizers.json", {"cases": [optimizer_record(i, *row) for i, row in enumerate(OPTIMIZERS)]})


# ------------------------------------------------------------------------------------------------------- plateau.json

LOOKS = 60


def falling_then_flat(rng):
    """Falls, levels off with noise: what a training curve looks like."""
    k = numpy.arange(LOOKS)
    return short(0.4 + 2 * 0.85**k + 0.01 * rng.normal(size=LOOKS), 5)


def noisy(rng):
    return short(1 + 0.3 * rng.normal(size=LOOKS), 5)


def rising(rng):
    return short(0.5 + 0.01 * numpy.arange(LOOKS), 5)


def ties(rng):
    """Plateaus of equal losses; steps down by exactly the threshold .25, by one double less and by one double more."""
    losses, level, kinds = [], 1024.0, ["exact", "below", "above", "same"]
    while len(losses) < LOOKS:
        kind = kinds[int(rng.integers(len(kinds)))]
        bound = level * (1.0 - 0.25)
        loss = {"exact": bound, "below": math.nextafter(bound, 0), "above": math.nextafter(bound, math.inf),
                "same": level}[kind]
        if loss < bound:
            level = loss
        losses += [loss] * int(rng.integers(1, 4))
    return losses[:LOOKS]


def plateau_settings(factor=0.1, patience=10, threshold=1e-4, cooldown=0, min_lr=0):
    return {"factor": factor, "patience": patience, "threshold": threshold, "cooldown": cooldown, "min_lr": min_lr}


PLATEAUS = [
    ("defaults", 0.1, falling_then_flat, plateau_settings()),
    ("noisy", 0.1, noisy, plateau_settings(factor=0.5, patience=3)),
    ("patience 0", 0.01, noisy, plateau_settings(factor=0.9, patience=0)),
    ("cooldown", 0.01, rising, plateau_settings(factor=0.5, patience=2, cooldown=4)),
    ("cooldown, noisy", 0.01, noisy, plateau_settings(factor=0.3, patience=1, cooldown=2, threshold=0.05)),
    ("min_lr", 1.0, rising, plateau_settings(factor=0.3, patience=1, min_lr=0.002)),
    ("min_lr above the rate", 1e-3, rising, plateau_settings(factor=0.3, patience=1, min_lr=0.002)),
    ("ties at the threshold", 1.0, ties, plateau_settings(factor=0.7, patience=1, threshold=0.25)),
    ("ties, threshold 0", 1.0, ties, plateau_settings(factor=0.7, patience=2, threshold=0)),
    ("cuts below 1e-8 are not applied", 3e-8, rising, plateau_settings(factor=0.5, patience=1)),
    ("tiny rate, factor .9", 3e-8, rising, plateau_settings(factor=0.9, patience=1)),
    ("bottom of the sweep", 1e-6, rising, plateau_settings(patience=4)),
]


def dummy_optimizer(lr):
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)


def plateaus():
    cases = []
    for index, (case, lr, make_losses, s) in enumerate(PLATEAUS):
        losses = make_losses(numpy.random.default_rng([2, index]))
        optimizer = dummy_optimizer(lr)
        scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **s)
        rates = []
        for loss in losses:
            scheduler.step(loss)
            rates.append(optimizer.param_groups[0]["lr"])
        cases.append({"case": case, "settings": s, "learning_rate": lr, "losses": losses, "rates": rates})
    write("plateau.json", {"cases": cases})


# ----------------------------------------------------------------------------------------------------- one_cycle.json


def run(make_scheduler, lr, count):
    """The rates of updates 0 … count − 1."""
    optimizer = dummy_optimizer(lr)
    scheduler = make_scheduler(optimizer)
    rates = [optimizer.param_groups[0]["lr"]]
    while len(rates) < count:
        optimizer.step()
        scheduler.step()
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


def one_cycle_record(lr, total, peak_at, div, final_div):
    return {"total": total, "peak_at": peak_at, "div": div, "final_div": final_div, "learning_rate": lr,
            "rates": run(lambda o: torch.optim.lr_scheduler.OneCycleLR(
                o, max_lr=lr, total_steps=total, pct_start=peak_at, anneal_strategy="cos", cycle_momentum=False,
                div_factor=div, final_div_factor=final_div, three_phase=False), lr, total)}


def cosine_closed_form(lr, total, floor):
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(dummy_optimizer(lr), T_max=total, eta_min=floor * lr)
    rates = []
    for k in range(total):
        scheduler.last_epoch = k
        rates.append(scheduler._get_closed_form_lr()[0])
    return {"total": total, "floor": floor, "learning_rate": lr, "rates": rates}


def schedules():
    schedulers = torch.optim.lr_scheduler
    content = {
        "one_cycle": [one_cycle_record(0.1, 1, 0.3, 25.0, 1e4), one_cycle_record(0.1, 2, 0.3, 25.0, 1e4),
                      one_cycle_record(0.1, 10, 0.3, 25.0, 1e4), one_cycle_record(0.1, 10, 0.05, 10.0, 100.0),
                      one_cycle_record(1.0, 10, 0.0, 25.0, 1e4), one_cycle_record(1.0, 10, 1.0, 25.0, 1e4),
                      one_cycle_record(3e-3, 37, 0.3, 25.0, 1e4), one_cycle_record(3e-3, 37, 0.45, 4.0, 10.0),
                      one_cycle_record(1.0, 1000, 0.3, 25.0, 1e4), one_cycle_record(0.01, 1000, 0.25, 10.0, 1e3)],
        "exponential": [{"gamma": gamma, "learning_rate": lr,
                         "rates": run(lambda o: schedulers.ExponentialLR(o, gamma=gamma), lr, 60)}
                        for gamma, lr in [(0.95, 0.1), (0.5, 1.0), (0.999, 0.02)]],
        "step": [{"every_epochs": every, "gamma": gamma, "learning_rate": lr,
                  "rates": run(lambda o: schedulers.StepLR(o, step_size=every, gamma=gamma), lr, 60)}
                 for every, gamma, lr in [(10, 0.1, 0.1), (1, 0.8, 1.0), (7, 0.5, 0.03)]],
        "cosine": [cosine_closed_form(lr, total, floor)
                   for lr, total, floor in [(0.1, 1, 0), (0.1, 10, 0), (1.0, 37, 0.1), (0.02, 300, 0.01)]],
        "cosine_cycles": [{"total": total, "floor": floor, "cycles": cycles, "learning_rate": lr,
                           "rates": run(lambda o: schedulers.CosineAnnealingWarmRestarts(
                               o, T_0=total // cycles, eta_min=floor * lr), lr, total)}
                          for lr, total, floor, cycles in [(0.1, 12, 0, 3), (1.0, 100, 0.1, 4)]],
        "linear": [{"total": total, "end": end, "learning_rate": lr,
                    "rates": run(lambda o: schedulers.LinearLR(
                        o, start_factor=1.0, end_factor=end, total_iters=total), lr, total + 3)}
                   for lr, total, end in [(0.1, 10, 0.01), (1.0, 37, 0.25)]],
        "warmup": [{"total": total, "start": start, "learning_rate": lr,
                    "rates": run(lambda o: schedulers.LinearLR(
                        o, start_factor=start, end_factor=1.0, total_iters=total), lr, total + 3)}
                   for lr, total, start in [(0.1, 1, 0.5), (0.1, 10, 0.01), (1.0, 37, 1 / 3)]],
        "triangular": [{"total": total, "cycles": cycles, "floor": floor, "learning_rate": lr,
                        "rates": run(lambda o: schedulers.CyclicLR(
                            o, base_lr=floor * lr, max_lr=lr, step_size_up=total / (2 * cycles),
                            cycle_momentum=False), lr, total)}
                       for lr, total, cycles, floor in [(0.1, 40, 4, 0.1), (1.0, 37, 2, 0.25), (1.0, 10, 1, 0)]],
    }
    write("one_cycle.json", content)


# ------------------------------------------------------------------------------------------------------ training.json

ROWS, FEATURES, HIDDEN, BATCH, UPDATES = 40, 6, [8, 7], 5, 30
OUTPUTS = {"cross_entropy": 4, "mse": 2}
ACTIVATIONS = {
    "relu": torch.nn.functional.relu,
    "leaky_relu": lambda z: torch.nn.functional.leaky_relu(z, negative_slope=0.01),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": lambda z: torch.nn.functional.gelu(z, approximate="none"),
}


def on_grid(values, steps):
    """Multiples of 1/steps, a power of two: short decimals that float holds exactly."""
    return (numpy.round(values * steps) / steps + 0.0).tolist()


def make_table():
    """Four overlapping classes and two targets that depend on the features."""
    rng = numpy.random.default_rng([3, 0])
    features = numpy.array(on_grid(rng.normal(size=(ROWS, FEATURES)), 64))
    scores = features @ rng.normal(size=(FEATURES, 4)) + 0.5 * rng.normal(size=(ROWS, 4))
    targets = numpy.tanh(features @ rng.normal(size=(FEATURES, 2)) * 0.7) + 0.1 * rng.normal(size=(ROWS, 2))
    labels = scores.argmax(axis=1)
    assert set(labels) == {0, 1, 2, 3}
    batches = []
    while len(batches) < UPDATES:
        order = rng.permutation(ROWS)
        batches += order.reshape(-1, BATCH).tolist()
    return {"features": features.tolist(), "labels": labels.tolist(), "targets": on_grid(targets, 64),
            "batches": batches[:UPDATES]}


def make_layers(outputs):
    """Same first layers for every number of outputs; biases that are not 0, so that a forgotten one shows."""
    sizes = [FEATURES, *HIDDEN, outputs]
    layers = []
    for layer, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        rng = numpy.random.default_rng([4, layer, fan_out])
        bound = math.sqrt(6 / fan_in)
        layers.append({"w0": on_grid(rng.uniform(-bound, bound, (fan_in, fan_out)), 512),
                       "b0": on_grid(rng.uniform(-0.2, 0.2, fan_out), 512)})
    return layers


def train(table, case, activation, loss, optimizer_name, settings, lr, clip_norm):
    layers = make_layers(OUTPUTS[loss])
    weights = [torch.tensor(layer["w0"], requires_grad=True) for layer in layers]
    biases = [torch.tensor(layer["b0"], requires_grad=True) for layer in layers]
    parameters = [p for pair in zip(weights, biases) for p in pair]
    optimizer = make_optimizer(optimizer_name, parameters, lr, settings)
    features = torch.tensor(table["features"])
    labels, targets = torch.tensor(table["labels"]), torch.tensor(table["targets"])
    nearest_kink, clipped = math.inf, 0

    def loss_of(rows):
        nonlocal nearest_kink
        x = features[rows]
        for layer, (w, b) in enumerate(zip(weights, biases)):
            z = x @ w + b
            if layer + 1 == len(weights):
                x = z
                break
            nearest_kink = min(nearest_kink, z.abs().min().item())
            x = ACTIVATIONS[activation](z)
        if loss == "cross_entropy":
            return torch.nn.functional.cross_entropy(x, labels[rows])
        return torch.nn.functional.mse_loss(x, targets[rows])

    losses, first_loss = [], loss_of(list(range(ROWS))).item()
    for rows in table["batches"]:
        optimizer.zero_grad()
        value = loss_of(rows)
        value.backward()
        if clip_norm is not None:
            clipped += torch.nn.utils.clip_grad_norm_(parameters, clip_norm).item() > clip_norm
        optimizer.step()
        losses.append(value.item())
    final_loss = loss_of(list(range(ROWS))).item()

    assert "relu" not in activation or nearest_kink > 1e-6, (case, nearest_kink)
    assert clip_norm is None or 5 <= clipped <= UPDATES - 5, (case, clipped)
    assert final_loss < first_loss, (case, first_loss, final_loss)
    for layer, w, b in zip(layers, weights, biases):
        layer.update(w=w.tolist(), b=b.tolist())
    return {"case": case, "activation": activation, "loss": loss, "optimizer": optimizer_name, "settings": settings,
            "learning_rate": lr, "clip_norm": clip_norm, "layers": layers, "losses": losses, "final_loss": final_loss}


def trainings():
    table = make_table()
    sgd = {"weight_decay": 0}
    rows = [(f"{activation} {loss}", activation, loss, "sgd", sgd, 0.0625, None)
            for activation in ACTIVATIONS for loss in OUTPUTS]
    rows += [("momentum", "relu", "cross_entropy", "momentum", momentum_settings(), 0.015625, None),
             ("adam", "relu", "cross_entropy", "adam", adam_settings(), 1e-3, None),
             ("clip_norm", "relu", "cross_entropy", "sgd", sgd, 0.0625, 2.0)]
    write("training.json", {**table, "cases": [train(table, *row) for row in rows]})


# ----------------------------------------------------------------------------------------------------- curvature.json


def curvature(table, activation, loss):
    """The exact Hessian of the loss over the whole table, by double differentiation."""
    layers = make_layers(OUTPUTS[loss])
    shapes = [(len(layer["w0"]), len(layer["b0"])) for layer in layers]
    parameters = torch.tensor([x for layer in layers for row in [*layer["w0"], layer["b0"]] for x in row])
    features = torch.tensor(table["features"])
    labels, targets = torch.tensor(table["labels"]), torch.tensor(table["targets"])

    def loss_of(flat):
        x, first = features, 0
        for index, (fan_in, fan_out) in enumerate(shapes):
            last = first + fan_in * fan_out
            x = x @ flat[first:last].reshape(fan_in, fan_out) + flat[last:last + fan_out]
            first = last + fan_out
            if index + 1 < len(shapes):
                x = ACTIVATIONS[activation](x)
        if loss == "cross_entropy":
            return torch.nn.functional.cross_entropy(x, labels)
        return torch.nn.functional.mse_loss(x, targets)

    hessian = torch.autograd.functional.hessian(loss_of, parameters).numpy()
    assert numpy.abs(hessian - hessian.T).max() < 1e-12
    direction = numpy.array(on_grid(numpy.random.default_rng([5, len(parameters)]).normal(size=len(parameters)), 64))
    eigenvalues = numpy.linalg.eigvalsh(hessian)
    return {"activation": activation, "loss": loss, "parameters": parameters.tolist(),
            "direction": direction.tolist(), "product": (hessian @ direction).tolist(),
            "largest": eigenvalues[-1], "smallest": eigenvalues[0]}


def curvatures():
    table = make_table()
    rows = {key: table[key] for key in ["features", "labels", "targets"]}
    write("curvature.json", {**rows, "cases": [curvature(table, activation, loss)
                                               for activation in ACTIVATIONS for loss in OUTPUTS]})


if __name__ == "__main__":
    optimizers()
    plateaus()
    schedules()
    trainings()
    curvatures()
